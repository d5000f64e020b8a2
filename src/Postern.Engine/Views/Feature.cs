namespace Postern.Engine.Views;

/// <summary>What the gate saw anywhere in a view; a decoder whose feature is absent never runs.</summary>
[Flags]
internal enum Feature : byte
{
    /// <summary>Plain text without anything to decode.</summary>
    None = 0,

    /// <summary>A control byte below 0x10 other than tab, line feed and carriage return.</summary>
    LowControl = 1,

    /// <summary>The byte DEL.</summary>
    Delete = 2,

    /// <summary>A percent sign.</summary>
    Percent = 4,

    /// <summary>An ampersand.</summary>
    Ampersand = 8,

    /// <summary>A backslash.</summary>
    Backslash = 16,

    /// <summary>A byte above 0x7F, or a control byte from 0x10 to 0x1F.</summary>
    NonAscii = 32,

    /// <summary>A line break.</summary>
    LineBreak = 64,

    /// <summary>The letter x, which 0x may begin.</summary>
    LetterX = 128,

    /// <summary>Something that folding changes.</summary>
    Foldable = LowControl | Delete | NonAscii,
}
