namespace Postern.Engine.Views;

/// <summary>What the gate saw anywhere in a view; a decoder whose feature is absent never runs.</summary>
[Flags]
internal enum Feature : byte
{
    /// <summary>Plain text without anything to decode.</summary>
    None = 0,

    /// <summary>A control byte below space other than tab, line feed and carriage return, first half.</summary>
    LowControl = 1,

    /// <summary>The byte DEL.</summary>
    Delete = 2,

    /// <summary>A percent sign.</summary>
    Percent = 4,

    /// <summary>An ampersand.</summary>
    Ampersand = 8,

    /// <summary>A backslash.</summary>
    Backslash = 16,

    /// <summary>A byte above 0x7F.</summary>
    NonAscii = 32,

    /// <summary>A line break.</summary>
    LineBreak = 64,

    /// <summary>A control byte from 0x10 to 0x1F.</summary>
    HighControl = 128,

    /// <summary>Something that folding changes.</summary>
    Foldable = LowControl | Delete | NonAscii | HighControl,
}
