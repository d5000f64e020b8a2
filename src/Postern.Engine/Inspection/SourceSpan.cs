using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>One stretch of a message.</summary>
internal readonly record struct SourceSpan(PartKind Kind, int Start, int Length);
