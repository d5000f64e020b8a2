namespace Postern.Engine.Views;

/// <summary>One step of decoding or normalising. Names in evidence and answers are the lower-case forms in <see cref="ViewChain"/>.</summary>
public enum Decoding : byte
{
    /// <summary>No step.</summary>
    None,

    /// <summary>Percent-encoding, all passes until stable.</summary>
    Percent,

    /// <summary>Base64, standard or URL alphabet, padded or not; what is compressed inside is inflated.</summary>
    Base64,

    /// <summary>Hexadecimal, with or without delimiters; what is compressed inside is inflated.</summary>
    Hex,

    /// <summary>Base32 (RFC 4648).</summary>
    Base32,

    /// <summary>Unicode folding: invisibles out, NFKC, confusables to ASCII, marks dropped.</summary>
    Fold,

    /// <summary>Backslash escapes as in JSON, JavaScript and C strings.</summary>
    Escape,

    /// <summary>JSON string leaves and keys in document order.</summary>
    Json,

    /// <summary>Form fields in document order.</summary>
    Form,

    /// <summary>Multipart parts with their transfer encoding undone.</summary>
    Multipart,

    /// <summary>HTML character references.</summary>
    Entity,

    /// <summary>The text a reader of the HTML sees, and apart from it what is hidden.</summary>
    Html,

    /// <summary>Separators taken out, so that a value cut into pieces stands together again.</summary>
    Compact,

    /// <summary>Quoted-printable outside multipart bodies.</summary>
    QuotedPrintable,

    /// <summary>Literals, markup and hyphens between the halves of a token taken out.</summary>
    Splice,

    /// <summary>Base58.</summary>
    Base58,

    /// <summary>Base85: ascii85, RFC 1924, Z85.</summary>
    Base85,

    /// <summary>Bytes written as decimal or binary numbers.</summary>
    Decimal,

    /// <summary>Text backwards.</summary>
    Reversed,

    /// <summary>Letters moved by thirteen.</summary>
    Rot13,

    /// <summary>UTF-16 of either byte order.</summary>
    Utf16,

    /// <summary>A coding of characters other than UTF-8.</summary>
    Charset,

    /// <summary>A whole text that is gzip, zlib or zip.</summary>
    Inflate,
}
