using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>One stretch of a message.</summary>
/// <param name="Kind">What the part is that it lies in.</param>
/// <param name="Start">Its first byte in the message.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Content">How it is read, when it is a piece of a body that is read otherwise than the body; null for a whole part.</param>
internal readonly record struct SourceSpan(PartKind Kind, int Start, int Length, ContentKind? Content = null);
