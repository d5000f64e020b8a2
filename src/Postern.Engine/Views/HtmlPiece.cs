namespace Postern.Engine.Views;

/// <summary>Which text of an HTML document a view holds.</summary>
internal enum HtmlPiece : byte
{
    /// <summary>What a reader sees: text with its markup taken out.</summary>
    Visible,

    /// <summary>What a reader does not see: comments, hidden elements, attribute values.</summary>
    Hidden,
}
