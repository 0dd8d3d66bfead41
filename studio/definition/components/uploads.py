"""Component types that take files from the person, and the list of what was attached."""

from typing import Final

from studio.definition.components.choosing import STARTING_OPTIONS
from studio.definition.components.declaring import (
    ANYWHERE,
    IN_BOXES,
    choices,
    const,
    flag,
    prop,
    slot,
    switch,
    text,
)
from studio.definition.components.option_sources import OPTION_SOURCE
from studio.definition.components.properties import ANSWER_TEXTS, EVERY, LABELLED_ANSWER, TITLE
from studio.definition.components.shapes import (
    TEXT,
    Alternatives,
    Enumeration,
    ListShape,
    Number,
    ObjectShape,
    Reference,
)
from studio.definition.components.types import TEXTUAL, ComponentType
from studio.definition.sentences import N_, Sentence

# A file belongs to a field only in the rows of a repeating group: its id, or a list of ids.
_FILE_BINDINGS: Final = (
    slot(
        "simpleBinding",
        N_("File"),
        TEXTUAL,
        help=Sentence(N_("Needed in a repeating group when a row takes one file.")),
    ),
    slot(
        "list",
        N_("Files"),
        TEXTUAL,
        repeating=True,
        help=Sentence(N_("Needed in a repeating group when a row takes several files.")),
    ),
)
_FILES: Final = (
    prop(
        "minNumberOfAttachments",
        Number(minimum=0),
        N_("Fewest files"),
        N_("How many files the person has to attach."),
        required=True,
        expression_allowed=True,
    ),
    prop(
        "maxNumberOfAttachments",
        Number(minimum=1),
        N_("Most files"),
        N_("How many files the person can attach."),
        required=True,
        expression_allowed=True,
    ),
    prop(
        "maxFileSizeInMB",
        Number(whole=True, minimum=1),
        N_("Largest file"),
        N_("How many megabytes a file can have."),
        required=True,
    ),
    prop(
        "displayMode",
        Enumeration(choices(simple=N_("Small button"), list=N_("Field to drop files on"))),
        N_("Look"),
        N_("A button, or a field that files can be dropped on."),
        required=True,
    ),
    switch(
        "hasCustomFileEndings",
        N_("Only some kinds of files"),
        N_("Takes only files with the file endings below."),
    ),
    prop(
        "validFileEndings",
        Alternatives((TEXT, ListShape(TEXT))),
        N_("File endings"),
        N_("The file endings that are taken, like .pdf,.docx."),
    ),
    flag(
        "alertOnDelete",
        N_("Ask before deleting"),
        N_("The person has to confirm before a file is deleted."),
        advanced=True,
    ),
)
_STARTS_WITH: Final = {
    "minNumberOfAttachments": 0,
    "maxNumberOfAttachments": 1,
    "maxFileSizeInMB": 25,
    "displayMode": "list",
}
_TAG_WORDS: Final = N_("Label of the tag"), N_("The question about what the file is.")
_TAG_TITLE: Final = text("tagTitle", *_TAG_WORDS)
FILE_UPLOAD: Final = ComponentType(
    name="FileUpload",
    group="upload",
    icon="Upload",
    label=Sentence(N_("File upload")),
    help=Sentence(N_("The person attaches one or more files.")),
    properties=(*LABELLED_ANSWER, *_FILES, *OPTION_SOURCE),
    bindings=_FILE_BINDINGS,
    one_binding=True,
    stores_files=True,
    # The latest apps have no FileUploadWithTag: a file is tagged where there are options.
    options_are_extra=True,
    texts=(*ANSWER_TEXTS, text("tagTitle", *_TAG_WORDS, advanced=True)),
    stands_in=IN_BOXES,
    starts_with=_STARTS_WITH,
)
FILE_UPLOAD_WITH_TAG: Final = ComponentType(
    name="FileUploadWithTag",
    group="upload",
    icon="Tag",
    label=Sentence(N_("File upload with tags")),
    help=Sentence(N_("The person attaches files and says what each of them is.")),
    properties=(*LABELLED_ANSWER, *_FILES, *OPTION_SOURCE),
    bindings=_FILE_BINDINGS,
    one_binding=True,
    stores_files=True,
    texts=(*ANSWER_TEXTS, _TAG_TITLE),
    stands_in=IN_BOXES,
    starts_with={**_STARTS_WITH, **STARTING_OPTIONS},
)
_CROP: Final = prop(
    "crop",
    Alternatives(
        (
            ObjectShape(
                (
                    prop(
                        "shape",
                        const("circle", N_("Circle")),
                        N_("Shape"),
                        N_("The shape of the picture."),
                        required=True,
                    ),
                    prop(
                        "diameter",
                        Number(minimum=1),
                        N_("Diameter"),
                        N_("The width of the circle in pixels."),
                        default=250,
                    ),
                ),
                label=Sentence(N_("Circle")),
            ),
            ObjectShape(
                (
                    prop(
                        "shape",
                        const("rectangle", N_("Rectangle")),
                        N_("Shape"),
                        N_("The shape of the picture."),
                        required=True,
                    ),
                    prop(
                        "width",
                        Number(minimum=1),
                        N_("Width in pixels"),
                        N_("How wide the picture is."),
                        default=250,
                    ),
                    prop(
                        "height",
                        Number(minimum=1),
                        N_("Height in pixels"),
                        N_("How high the picture is."),
                        default=250,
                    ),
                ),
                label=Sentence(N_("Rectangle")),
            ),
        )
    ),
    N_("Crop"),
    N_("The shape and size that the picture is cropped to."),
    default={"shape": "circle", "diameter": 250},
)
IMAGE_UPLOAD: Final = ComponentType(
    name="ImageUpload",
    group="upload",
    icon="FileImage",
    label=Sentence(N_("Image upload")),
    help=Sentence(N_("The person attaches a picture and crops it.")),
    properties=(*LABELLED_ANSWER, _CROP),
    bindings=(
        slot(
            "simpleBinding",
            N_("File"),
            TEXTUAL,
            help=Sentence(N_("Needed in a repeating group when a row takes one file.")),
        ),
    ),
    one_binding=True,
    stores_files=True,
    texts=ANSWER_TEXTS,
    stands_in=ANYWHERE,
)
ATTACHMENT_LIST: Final = ComponentType(
    name="AttachmentList",
    group="upload",
    icon="Paperclip",
    label=Sentence(N_("List of attachments")),
    help=Sentence(N_("The files that belong to the submission.")),
    properties=(
        prop(
            "dataTypeIds",
            ListShape(Reference("data type")),
            N_("Which files"),
            N_(
                "The data types whose files are shown; all of them if none is named. ref-data-as-pdf stands "
                "for the PDF, include-all for everything, from-task for those of this step."
            ),
        ),
        switch("links", N_("Links"), N_("Each file can be downloaded."), default=True),
        switch(
            "groupByDataTypeGrouping",
            N_("In groups"),
            N_("Puts files together by the group that their data type belongs to."),
            advanced=True,
        ),
        switch(
            "showDataTypeDescriptions",
            N_("Descriptions"),
            N_("Shows what the data types say about themselves."),
            advanced=True,
        ),
        *EVERY,
    ),
    texts=(TITLE,),
    stands_in=IN_BOXES,
)

UPLOADS: Final = (FILE_UPLOAD, FILE_UPLOAD_WITH_TAG, IMAGE_UPLOAD, ATTACHMENT_LIST)
