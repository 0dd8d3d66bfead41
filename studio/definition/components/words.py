"""Closed lists of words that properties choose from, as the format spells them."""

from typing import Final

_CURRENCIES: Final = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN
BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN
UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XDR XOF XPF XSU XUA YER ZAR ZMW ZWL
"""
# ISO 4217 codes.
CURRENCIES: Final = tuple(_CURRENCIES.split())

_UNITS: Final = """
celsius centimeter day degree foot gram hectare hour inch kilogram kilometer liter meter milliliter
millimeter millisecond minute month percent second week year
"""
# Units of the Unicode CLDR.
UNITS: Final = tuple(_UNITS.split())

_AUTOCOMPLETE: Final = """
on off name honorific-prefix given-name additional-name family-name honorific-suffix nickname email
username new-password current-password one-time-code organization-title organization street-address
address-line1 address-line2 address-line3 address-level4 address-level3 address-level2
address-level1 country country-name postal-code cc-name cc-given-name cc-additional-name
cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type transaction-currency
transaction-amount language bday bday-day bday-month bday-year sex tel tel-country-code tel-national
tel-area-code tel-local tel-extension url photo
"""
# Values of the autocomplete attribute of HTML.
AUTOCOMPLETE: Final = tuple(_AUTOCOMPLETE.split())
