"""Everything that can be changed in an app, as values."""

from studio.definition.changes.change import MISSING, Change, Missing, from_dict
from studio.definition.changes.components import AddComponent
from studio.definition.changes.content import Composite, SetAppTitle, SetFile, SetText, composite
from studio.definition.changes.copying import DuplicateComponents, PasteComponents
from studio.definition.changes.data_models import (
    AddField,
    AddMember,
    AddType,
    DeleteNode,
    DuplicateField,
    ExtractType,
    ImportModel,
    InlineType,
    MoveField,
    NewModel,
    RemoveModel,
    RenameNode,
    ReplaceModel,
    ReplaceSchemaText,
    SetCombination,
    SetKeywords,
    SetKind,
    SetOccurs,
    SetRequired,
    WriteXsd,
)
from studio.definition.changes.examples import AddExample, RemoveExample, SetExample
from studio.definition.changes.exchanging import ExchangeType, types_for
from studio.definition.changes.files import AddFile, MoveFiles, RemoveFiles, ReplaceInFiles
from studio.definition.changes.flow_conditions import SetFlowCondition
from studio.definition.changes.grouping import GroupComponents, UngroupComponents
from studio.definition.changes.inserting import InsertComponents, Plan, plan
from studio.definition.changes.library import FollowShared, LeaveShared, TakeShared, UseList
from studio.definition.changes.lines import ReplaceLines
from studio.definition.changes.logic_settings import SetLogicSetting
from studio.definition.changes.making_forms import MakeForm
from studio.definition.changes.many import SetPropertyOfMany
from studio.definition.changes.members import MoveItem, RenameMember
from studio.definition.changes.moving import MoveComponents
from studio.definition.changes.old_rules import ConvertOldRules
from studio.definition.changes.option_rows import (
    AddOption,
    MoveOption,
    RemoveOption,
    SetOption,
    TakeOptions,
)
from studio.definition.changes.option_sources import (
    RemoveOptionSource,
    RenameOptionSource,
    SetOptionSource,
)
from studio.definition.changes.options import (
    DuplicateOptionList,
    MakeOptionsTranslatable,
    RemoveOptionList,
    RenameOptionList,
    SetOptionKind,
    SetOptions,
)
from studio.definition.changes.page_checking import SetPageChecks, page_checks
from studio.definition.changes.page_groups import (
    DissolvePageGroup,
    JoinPageGroup,
    LeavePageGroup,
    MakePageGroup,
    MovePageGroup,
    PageGroup,
    RenamePageGroup,
    SetPageGroup,
    page_groups,
)
from studio.definition.changes.page_printing import SetPagePrinted, SetPdfPage, is_printed, pdf_page
from studio.definition.changes.pages import AddPage, MovePage, RemovePage, RenamePage, SetPageHidden
from studio.definition.changes.placing import children_at
from studio.definition.changes.properties import BindComponent, CreateFieldAndBind, SetProperty
from studio.definition.changes.removing import RemoveComponents
from studio.definition.changes.renaming import RenameComponent
from studio.definition.changes.restoring import (
    RestoreComponent,
    RestoreFiles,
    RestorePage,
    app_as_in,
    component_as_in,
    file_as_in,
    page_as_in,
)
from studio.definition.changes.rules import (
    RemoveValidation,
    SetCalculation,
    SetPrefill,
    SetPrefillOverwrite,
    SetRuleDefinition,
    SetValidation,
)
from studio.definition.changes.settings import SetSetting
from studio.definition.changes.subforms import MakeSubform, subform_name
from studio.definition.changes.texts import (
    AddLanguage,
    RemoveLanguage,
    RemoveTexts,
    RenameText,
    ReplaceInTexts,
    SetTextVariables,
    SetTranslations,
)

__all__ = [
    "MISSING",
    "AddComponent",
    "AddExample",
    "AddField",
    "AddFile",
    "AddLanguage",
    "AddMember",
    "AddOption",
    "AddPage",
    "AddType",
    "BindComponent",
    "Change",
    "Composite",
    "ConvertOldRules",
    "CreateFieldAndBind",
    "DeleteNode",
    "DissolvePageGroup",
    "DuplicateComponents",
    "DuplicateField",
    "DuplicateOptionList",
    "ExchangeType",
    "ExtractType",
    "FollowShared",
    "GroupComponents",
    "ImportModel",
    "InlineType",
    "InsertComponents",
    "JoinPageGroup",
    "LeavePageGroup",
    "LeaveShared",
    "MakeForm",
    "MakeOptionsTranslatable",
    "MakePageGroup",
    "MakeSubform",
    "Missing",
    "MoveComponents",
    "MoveField",
    "MoveFiles",
    "MoveItem",
    "MoveOption",
    "MovePage",
    "MovePageGroup",
    "NewModel",
    "PageGroup",
    "PasteComponents",
    "Plan",
    "RemoveComponents",
    "RemoveExample",
    "RemoveFiles",
    "RemoveLanguage",
    "RemoveModel",
    "RemoveOption",
    "RemoveOptionList",
    "RemoveOptionSource",
    "RemovePage",
    "RemoveTexts",
    "RemoveValidation",
    "RenameComponent",
    "RenameMember",
    "RenameNode",
    "RenameOptionList",
    "RenameOptionSource",
    "RenamePage",
    "RenamePageGroup",
    "RenameText",
    "ReplaceInFiles",
    "ReplaceInTexts",
    "ReplaceLines",
    "ReplaceModel",
    "ReplaceSchemaText",
    "RestoreComponent",
    "RestoreFiles",
    "RestorePage",
    "SetAppTitle",
    "SetCalculation",
    "SetCombination",
    "SetExample",
    "SetFile",
    "SetFlowCondition",
    "SetKeywords",
    "SetKind",
    "SetLogicSetting",
    "SetOccurs",
    "SetOption",
    "SetOptionKind",
    "SetOptionSource",
    "SetOptions",
    "SetPageChecks",
    "SetPageGroup",
    "SetPageHidden",
    "SetPagePrinted",
    "SetPdfPage",
    "SetPrefill",
    "SetPrefillOverwrite",
    "SetProperty",
    "SetPropertyOfMany",
    "SetRequired",
    "SetRuleDefinition",
    "SetSetting",
    "SetText",
    "SetTextVariables",
    "SetTranslations",
    "SetValidation",
    "TakeOptions",
    "TakeShared",
    "UngroupComponents",
    "UseList",
    "WriteXsd",
    "app_as_in",
    "children_at",
    "component_as_in",
    "composite",
    "file_as_in",
    "from_dict",
    "is_printed",
    "page_as_in",
    "page_checks",
    "page_groups",
    "pdf_page",
    "plan",
    "subform_name",
    "types_for",
]
