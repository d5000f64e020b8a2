using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>The stretches of a message that are looked at as one text each: the URL, the header lines, the body.</summary>
internal static class MessageSources
{
    /// <summary>The stretches in document order; parts of one kind that follow each other are one stretch.</summary>
    public static SourceWalk Of(Message message) => new(message);

    /// <summary>The stretch as the view builder takes it.</summary>
    public static ViewSource ViewOf(Message message, in SourceSpan span)
    {
        ref readonly var facts = ref message.FactsRef;
        return new ViewSource
        {
            Bytes = message.Bytes.Slice(span.Start, span.Length),
            Content = span.Content ?? (span.Kind == PartKind.Body ? facts.Content : ContentKind.Text),
            Part = span.Kind,
            Direction = facts.Direction,
            Charset = span.Kind == PartKind.Body && span.Content is null ? facts.Charset : null,
            Boundary = facts.Boundary.Span,
            Whole = facts.Whole && span.Content is null,
        };
    }
}
