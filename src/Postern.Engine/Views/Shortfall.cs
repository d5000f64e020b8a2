namespace Postern.Engine.Views;

/// <summary>Why a part, or a piece of one, could not be viewed. Each becomes a finding, never silence.</summary>
public enum Shortfall : byte
{
    /// <summary>Nothing is missing.</summary>
    None,

    /// <summary>Decodings or containers are nested deeper than the bound.</summary>
    TooDeep,

    /// <summary>The decoded bytes of one message exceed their budget.</summary>
    TooBig,

    /// <summary>The body says JSON and is not.</summary>
    MalformedJson,

    /// <summary>A JSON object has the same key twice.</summary>
    DuplicateKey,

    /// <summary>The body says form and is not.</summary>
    MalformedForm,

    /// <summary>The multipart body cannot be split: no boundary, bad header, too many parts.</summary>
    MalformedMultipart,

    /// <summary>Text that is not UTF-8 where UTF-8 is required.</summary>
    InvalidUtf8,

    /// <summary>Text in a coding of characters that is not known here, or that nobody should read.</summary>
    UnknownCharset,
}
