"""What can be written in the files of an app, as JSON Schemas that the code editor gets its help from.

The members are those of the Altinn 3 app format. The schemas help and do not judge: that is the task of the
app check.
"""

from typing import Any, Final

from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.components.schema import page_schema
from studio.web import translate

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_YES_NO: Final[Schema] = {"type": "boolean"}
_NUMBER: Final[Schema] = {"type": "integer"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_ANY: Final[Schema] = {}
_ISSUES: Final = (
    "Schema",
    "Component",
    "Expression",
    "CustomBackend",
    "Required",
    "AllExceptRequired",
    "All",
)


def schema_of(app: AppDefinition, path: str) -> Schema | None:
    """The schema of a file; None where nothing is known about files like it."""
    paths = app.paths
    if any(page.path == path for each in app.layout_sets for page in each.pages):
        return page_schema(app.generation, translate)
    if path == paths.metadata:
        return _metadata()
    if paths.language(path):
        return _texts()
    if path.startswith(f"{paths.options_folder.rstrip('/')}/") and path.count("/") == 2:
        return _options()
    if path == paths.layout_sets:
        return _layout_sets()
    if path.startswith(f"{paths.ui.rstrip('/')}/") and path.endswith("/Settings.json"):
        return _settings()
    for ending, made in _BESIDE_MODELS.items():
        if path.startswith(f"{paths.models_folder.rstrip('/')}/") and path.endswith(ending):
            return made()
    return None


def _object(**members: Schema) -> Schema:
    return {"type": "object", "properties": members}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _said(description: str, schema: Schema) -> Schema:
    return schema | {"description": description}


def _in_languages() -> Schema:
    return _object(nb=_TEXT, nn=_TEXT, en=_TEXT)


def _metadata() -> Schema:
    app_logic = _object(
        classRef=_said(gettext("The class of the model. Its last part names the root."), _TEXT),
        autoCreate=_said(gettext("The element is made when its task begins."), _YES_NO),
        allowAnonymousOnStateless=_YES_NO,
        autoDeleteOnProcessEnd=_YES_NO,
        disallowUserCreate=_YES_NO,
        disallowUserDelete=_YES_NO,
        shadowFields=_object(prefix=_TEXT, saveToDataType=_TEXT),
    )
    data_type = _object(
        id=_TEXT,
        description=_in_languages(),
        allowedContentTypes=_said(gettext("Kinds of files taken; for forms, how they are kept."), _TEXTS),
        allowedContributers=_TEXTS,
        appLogic=_said(gettext("Makes the type a form with a data model."), app_logic),
        taskId=_said(gettext("The task that the type belongs to."), _TEXT),
        maxSize=_said(gettext("The largest size of a file, in megabytes."), _NUMBER),
        maxCount=_said(gettext("The highest number; 0 is any number."), _NUMBER),
        minCount=_said(gettext("The lowest number; 0 is optional."), _NUMBER),
        grouping=_TEXT,
        enablePdfCreation=_YES_NO,
        enableFileScan=_YES_NO,
        validationErrorOnPendingFileScan=_YES_NO,
        enabledFileAnalysers=_TEXTS,
        enabledFileValidators=_TEXTS,
        allowedKeysForUserDefinedMetadata=_TEXTS,
        actionRequiredToRead=_TEXT,
        actionRequiredToWrite=_TEXT,
    )
    copied = _list(_object(id=_TEXT, path=_TEXT, dataTypeId=_TEXT))
    parties = _object(bankruptcyEstate=_YES_NO, organisation=_YES_NO, person=_YES_NO, subUnit=_YES_NO)
    choice = _object(
        rowsPerPageOptions=_list(_NUMBER), defaultSelectedOption=_NUMBER, sortDirection=_one_of("asc", "desc")
    )
    return _object(
        id=_said(gettext("The organisation and the app: org/app."), _TEXT),
        org=_TEXT,
        title=_in_languages(),
        description=_in_languages(),
        dataTypes=_list(data_type),
        partyTypesAllowed=_said(gettext("Who may fill in. Where all are false, everyone may."), parties),
        autoDeleteOnProcessEnd=_YES_NO,
        onEntry=_object(
            show=_said(
                gettext("What is shown first: a new form, a choice, or a form that is not kept."),
                _TEXT | {"examples": ["new-instance", "select-instance"]},
            ),
            instanceSelection=choice,
        ),
        presentationFields=copied,
        dataFields=copied,
        promptForParty=_one_of("always", "never"),
        disallowUserInstantiation=_YES_NO,
        copyInstanceSettings=_object(
            enabled=_YES_NO, excludedDataTypes=_TEXTS, excludedDataFields=_TEXTS, includeAttachments=_YES_NO
        ),
        messageBoxConfig=_object(hideSettings=_object(hideAlways=_YES_NO, hideOnTask=_TEXTS)),
        logo=_object(
            source=_one_of("org", "resource"),
            displayAppOwnerNameInHeader=_YES_NO,
            size=_one_of("small", "medium", "large"),
        ),
        preventInstanceDeletionForDays=_NUMBER,
    )


def _texts() -> Schema:
    variable = _object(
        key=_said(gettext("The field or name whose value is put in."), _TEXT),
        dataSource=_TEXT
        | {
            "examples": [
                "dataModel.default",
                "instanceContext",
                "applicationSettings",
                "customTextParameters",
            ]
        },
        defaultValue=_TEXT,
    )
    resource = _object(id=_TEXT, value=_TEXT, variables=_list(variable))
    return _object(language=_TEXT, resources=_list(resource))


def _options() -> Schema:
    value = {"type": ["string", "number", "boolean", "null"]}
    return _list(
        _object(value=value, label=_TEXT, description=_TEXT, helpText=_TEXT, tags={"type": "object"})
    )


def _layout_sets() -> Schema:
    one = _object(id=_TEXT, dataType=_TEXT, tasks=_TEXTS, type=_one_of("subform"))
    return _object(sets=_list(one), uiSettings=_object(**_page_settings()))


def _page_settings() -> dict[str, Schema]:
    flags = ("hideCloseButton", "showLanguageSelector", "showExpandWidthButton", "expandedWidth")
    task = _object(taskId=_TEXT, type=_one_of("receipt"), name=_TEXT)
    checked = _object(page=_one_of("current", "currentAndPrevious", "all"), show=_list(_one_of(*_ISSUES)))
    return {
        **dict.fromkeys(flags, _YES_NO),
        "showProgress": _YES_NO,
        "autoSaveBehavior": _one_of("onChangeFormData", "onChangePage"),
        "navigationTitle": _TEXT,
        "taskNavigation": _list(task),
        "validationOnNavigation": _said(gettext("What is checked before the page is left."), checked),
        "hideAppNameInPdf": _YES_NO,
    }


def _settings() -> Schema:
    group = _object(
        name=_TEXT,
        order=_TEXTS,
        type=_one_of("default", "info"),
        markWhenCompleted=_YES_NO,
        expandedByDefault=_YES_NO,
    )
    pages = _object(
        order=_said(gettext("The pages one after another. Either this or groups."), _TEXTS),
        groups=_said(gettext("The pages in groups. Either this or order."), _list(group)),
        excludeFromPdf=_TEXTS,
        pdfLayoutName=_said(gettext("The page that the PDF is made of."), _TEXT),
        **_page_settings(),
    )
    return _object(
        pages=pages,
        components=_object(excludeFromPdf=_TEXTS),
        defaultDataType=_TEXT,
        type=_one_of("subform"),
        **_page_settings(),
    )


def _validations() -> Schema:
    members = {
        "message": _said(gettext("The key of a text, or an expression."), _ANY),
        "severity": _one_of("error", "warning", "info", "success"),
        "condition": _said(
            gettext("An expression: where it is true, the value is wrong."), {"type": "array"}
        ),
        "showImmediately": _YES_NO,
        "ref": _TEXT,
    }
    rule = _object(**members)
    fields = {"type": "object", "additionalProperties": _list({"anyOf": [_TEXT, rule]})}
    return _object(validations=fields, definitions={"type": "object", "additionalProperties": rule})


def _calculations() -> Schema:
    return _object(
        calculations={"type": "object", "additionalProperties": _object(expression={"type": "array"})}
    )


_BESIDE_MODELS: Final = {".validation.json": _validations, ".calculation.json": _calculations}
