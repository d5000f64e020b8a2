using System.Diagnostics.CodeAnalysis;

namespace Postern.Engine.Views;

/// <summary>
/// Makes the views of a part. Owns scratch that is reused from part to part: rent one per exchange; not thread-safe.
/// </summary>
public sealed class ViewBuilder
{
    private readonly Walker _walker;

    /// <summary>A builder under the given bounds.</summary>
    public ViewBuilder(ViewLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxDepth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxDepth, 5);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.ExpansionFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxJsonDepth, 1);
        _walker = new Walker(limits);
    }

    /// <summary>
    /// The number of the view being visited, 0 being the raw one. With the source it identifies the view for
    /// <see cref="Locate"/>; read it during the visit.
    /// </summary>
    public int CurrentOrdinal => _walker.Ordinal;

    /// <summary>
    /// Shows the visitor every view of the part, the raw one first and parents before what was decoded from them. A
    /// view with bytes above 0x7F or control bytes, unless it is itself a folded or compact one, is followed by its
    /// folded view, which is complete; where little of a long text changed, that follows once more by itself. The other views hold
    /// only what decoding changed, with its surroundings.
    /// </summary>
    public void Walk<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        _walker.Walk(source, ref visitor, recording: false);
        _walker.Trim();
    }

    /// <summary>
    /// The source bytes that ranges of views came from; decodes once more, so only for hits. Each covers whole encoded units:
    /// decoding it by itself yields the range of the view, with at most a few bytes around it.
    /// </summary>
    /// <param name="source">The same source that was walked.</param>
    /// <param name="wanted">Ranges of views, in the order in which the views were visited.</param>
    /// <param name="found">Receives one range per wanted one; at least as long.</param>
    /// <exception cref="ArgumentException">The part has no view of one of the numbers.</exception>
    public void Locate(scoped in ViewSource source, ReadOnlySpan<ViewPlace> wanted, Span<ViewRange> found)
    {
        // The raw view is the source itself and always comes first.
        var raw = 0;
        while (raw < wanted.Length && wanted[raw].Ordinal == 0)
        {
            found[raw] = new ViewRange(wanted[raw].Start, wanted[raw].Length);
            raw++;
        }

        if (raw == wanted.Length)
        {
            return;
        }

        var visitor = new LocateVisitor(_walker, wanted[raw..], found[raw..]);
        _walker.Walk(source, ref visitor, recording: true);
        _walker.Trim();
        if (visitor.Count < wanted.Length - raw)
        {
            throw new ArgumentException("The part has no view of this number.", nameof(wanted));
        }
    }

    /// <summary>
    /// The name of the leaf at a source offset, for people: <c>$.args[2].path</c>, <c>field "memo"</c>,
    /// <c>part "file"</c>, <c>query "q"</c>; empty when the part has no inner structure or is not whole, so that its beginning is not known. Never contains a value, nor a
    /// name longer than 40 characters.
    /// </summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Belongs to the walk it explains; callers hold a builder.")]
    public string Describe(scoped in ViewSource source, int sourceOffset) => LeafName.At(source, sourceOffset);
}
