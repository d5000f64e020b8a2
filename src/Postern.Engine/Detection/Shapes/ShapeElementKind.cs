namespace Postern.Engine.Detection.Shapes;

/// <summary>What one element of a shape is.</summary>
internal enum ShapeElementKind : byte
{
    /// <summary>One of several fixed byte strings.</summary>
    Literal,

    /// <summary>A run of characters of one alphabet.</summary>
    Run,

    /// <summary>A line end or white space, as itself or as the host syntax escapes it; may be empty.</summary>
    Break,

    /// <summary>A break, and with it what numbers, quotes or separates lines: <c>2:</c>, <c>&gt; </c>, <c>&lt;br&gt;</c>, <c>","</c>.</summary>
    Margin,
}
