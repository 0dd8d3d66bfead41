"""Component types that show a picture, sound, a film or a piece of HTML."""

from typing import Final

from studio.definition.components.declaring import ANYWHERE, AS_MEDIA, prop, switch, text
from studio.definition.components.properties import EVERY, HELP
from studio.definition.components.shapes import TEXT, Choice, Enumeration, MapShape, ObjectShape
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_SOURCE: Final = prop(
    "src",
    MapShape(TEXT, keys="language"),
    N_("Source"),
    N_("The address of the file in each language."),
    required=True,
)
_ALT_TEXT: Final = text("altText", N_("Alternative text"), N_("Read out to those who cannot see or hear it."))
IMAGE: Final = ComponentType(
    name="Image",
    group="media",
    icon="Image",
    label=Sentence(N_("Image")),
    help=Sentence(N_("A picture on the page.")),
    properties=(
        prop(
            "image",
            ObjectShape(
                (
                    _SOURCE,
                    prop(
                        "width",
                        TEXT,
                        N_("Width of the picture"),
                        N_("A share of the page, like 50%."),
                        required=True,
                    ),
                    prop(
                        "align",
                        Enumeration(
                            (
                                Choice("flex-start", Sentence(N_("Left"))),
                                Choice("center", Sentence(N_("Center"))),
                                Choice("flex-end", Sentence(N_("Right"))),
                                Choice("space-between", Sentence(N_("Space between"))),
                                Choice("space-around", Sentence(N_("Space around"))),
                                Choice("space-evenly", Sentence(N_("Even space"))),
                            )
                        ),
                        N_("Alignment"),
                        N_("Where the picture stands on the page."),
                        required=True,
                    ),
                )
            ),
            N_("Picture"),
            N_("Which picture is shown, and how large."),
        ),
        *EVERY,
    ),
    texts=(
        text("altTextImg", N_("Alternative text"), N_("Read out to those who cannot see the picture.")),
        HELP,
    ),
    stands_in=AS_MEDIA,
    starts_with={"image": {"src": {}, "width": "100%", "align": "center"}},
)
AUDIO: Final = ComponentType(
    name="Audio",
    group="media",
    icon="SpeakerSoundWave2",
    label=Sentence(N_("Sound")),
    help=Sentence(N_("A recording that the person can listen to.")),
    properties=(
        prop("audio", ObjectShape((_SOURCE,)), N_("Recording"), N_("Which recording is played.")),
        *EVERY,
    ),
    texts=(_ALT_TEXT,),
    stands_in=AS_MEDIA,
    starts_with={"audio": {"src": {}}},
)
VIDEO: Final = ComponentType(
    name="Video",
    group="media",
    icon="Videoplayer",
    label=Sentence(N_("Video")),
    help=Sentence(N_("A film that the person can watch.")),
    properties=(prop("video", ObjectShape((_SOURCE,)), N_("Film"), N_("Which film is shown.")), *EVERY),
    texts=(_ALT_TEXT,),
    stands_in=AS_MEDIA,
    starts_with={"video": {"src": {}}},
)
IFRAME: Final = ComponentType(
    name="IFrame",
    group="media",
    icon="Code",
    label=Sentence(N_("Embedded page")),
    help=Sentence(N_("HTML of your own, shut off from the rest of the page.")),
    properties=(
        prop(
            "sandbox",
            ObjectShape(
                (
                    switch("allowPopups", N_("New windows"), N_("Links in it may open a new window.")),
                    switch(
                        "allowPopupsToEscapeSandbox",
                        N_("Free windows"),
                        N_("New windows are not shut off like the embedded page itself."),
                    ),
                )
            ),
            N_("What it may do"),
            N_("The embedded page may do nothing but what is allowed here."),
            advanced=True,
        ),
        *EVERY,
    ),
    texts=(text("title", N_("HTML"), N_("The HTML that is shown.")),),
    stands_in=ANYWHERE,
)

MEDIA: Final = (IMAGE, AUDIO, VIDEO, IFRAME)
