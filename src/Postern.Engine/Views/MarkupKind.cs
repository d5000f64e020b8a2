namespace Postern.Engine.Views;

/// <summary>What a piece of markup is.</summary>
internal enum MarkupKind : byte
{
    /// <summary>Text between tags.</summary>
    Text,

    /// <summary>A start tag.</summary>
    Start,

    /// <summary>An end tag.</summary>
    End,

    /// <summary>A comment, a declaration, a processing instruction: everything that a browser takes for a comment.</summary>
    Comment,

    /// <summary>What stands in a script or a style sheet, which is neither text nor markup.</summary>
    Raw,
}
