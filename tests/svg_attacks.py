"""Drawings that try to run something or to reach out, after OWASP's list; and drawings that only draw."""

from typing import Final

_HEAD: Final = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RUN: Final = "window.ran=1;alert(1)"
ATTACKS: Final = tuple(
    each.replace("{svg", _HEAD).replace("RUN", RUN)
    for each in (
        "{svg><script>RUN</script></svg>",
        '{svg><script xlink:href="data:text/javascript,RUN"/></svg>',
        '{svg onload="RUN"/>',
        '{svg onLoad="RUN"/>',
        '{svg><g onclick="RUN"><rect width="9" height="9"/></g></svg>',
        '{svg><a xlink:href="javascript:RUN"><text y="9">x</text></a></svg>',
        '{svg><a href="java&#115;cript:RUN"><rect width="99" height="99"/></a></svg>',
        "{svg><foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='RUN'/></foreignObject></svg>",
        (
            "{svg xmlns:h='http://www.w3.org/1999/xhtml'><foreignObject>"
            "<h:iframe src='javascript:RUN'/></foreignObject></svg>"
        ),
        '{svg><animate onbegin="RUN" attributeName="x" dur="1s"/></svg>',
        '{svg><a id="a"><rect width="9"/><set attributeName="href" to="javascript:RUN"/></a></svg>',
        '{svg><use href="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+#x"/></svg>',
        '{svg><use xlink:href="http://evil.example/x.svg#a"/></svg>',
        '{svg><image href="http://evil.example/a.png" width="9" height="9"/></svg>',
        '{svg><image href="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+"/></svg>',
        '{svg><feImage xlink:href="http://evil.example/a"/></svg>',
        "{svg><style>@import 'http://evil.example/a.css';</style></svg>",
        "{svg><style>rect{fill:url(http://evil.example/a#b)}</style><rect/></svg>",
        "{svg><style>rect{fill:u\\72l(//evil.example)}</style></svg>",
        "{svg><style>*{background:image-set('http://evil.example/a' 1x)}</style></svg>",
        '{svg><rect style="background:url(//evil.example/a)"/></svg>',
        '{svg><rect style="width:expression(alert(1))"/></svg>',
        '{svg><rect fill="url(http://evil.example/a.svg#p)"/></svg>',
        "{svg><rect filter=\"url( '//evil.example' )\"/></svg>",
        '<?xml-stylesheet href="http://evil.example/a.xsl" type="text/xsl"?>{svg/>',
        "<!DOCTYPE svg [<!ENTITY x '<script>alert(1)</script>'>]>{svg>&x;</svg>",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{svg><text>&x;</text></svg>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/svg11.dtd">{svg><script>RUN</script></svg>',
        '{svg xmlns:h="http://www.w3.org/1999/xhtml"><h:script>RUN</h:script></svg>',
        '{svg xmlns:h="http://www.w3.org/1999/xhtml"><h:img src="x" onerror="RUN"/></svg>',
        '{svg><handler xmlns="http://www.w3.org/2000/svg" type="application/ecmascript">RUN</handler></svg>',
        '{svg xmlns:e="http://www.w3.org/2001/xml-events"><g e:event="x" e:handler="javascript:RUN"/></svg>',
        "{svg><desc><![CDATA[</desc><script>RUN</script>]]></desc></svg>",
        "{svg><title><script>RUN</script></title></svg>",
        "{svg><style><![CDATA[</style><script>RUN</script>]]></style></svg>",
        '{svg xml:base="javascript:RUN//"><a href="#x"><text y="9">x</text></a></svg>',
        "{svg><!-- --!><script>RUN</script> --></svg>",
        '{svg><switch><script>RUN</script><g><iframe src="//evil.example"/></g></switch></svg>',
        '{svg><discard onbegin="RUN"/><audio src="//evil.example" onerror="RUN"/></svg>',
    )
)
HARMLESS: Final = tuple(
    each.replace("{svg", _HEAD)
    for each in (
        '{svg viewBox="0 0 10 10"><title>Båt</title><path d="M0 0h10v10z" fill="#036"/></svg>',
        (
            '{svg><defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
            '<rect width="9" height="9" fill="url(#a)" style="stroke:url(#a);opacity:.5"/></svg>'
        ),
        '{svg><symbol id="s"><circle r="3"/></symbol><use xlink:href="#s" x="4"/><use href="#s"/></svg>',
        '{svg><style>.a{fill:red}</style><g class="a"><text x="1">A <tspan>b</tspan> c</text></g></svg>',
        '{svg><image width="1" height="1" href="data:image/png;base64,iVBORw0KGgo="/></svg>',
    )
)
