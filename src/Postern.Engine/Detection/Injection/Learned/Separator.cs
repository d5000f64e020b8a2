namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>What stands before a token; of several the last in this list counts.</summary>
internal enum Separator : byte
{
    /// <summary>A space or nothing.</summary>
    Space,

    /// <summary>A sign without a meaning of its own.</summary>
    Other,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>An opening or closing bracket.</summary>
    Bracket,

    /// <summary>The end of a sentence.</summary>
    Stop,

    /// <summary>A new line, raw or escaped.</summary>
    Line,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>Markup: an angle bracket, a hash sign.</summary>
    Mark,

    /// <summary>A quotation mark or a backtick.</summary>
    Quote,
}
