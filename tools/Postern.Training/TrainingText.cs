using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Training;

/// <summary>A labelled text as the engine reads it: the features of every view.</summary>
/// <param name="IsAttack">The label.</param>
/// <param name="Weight">What a mistake costs.</param>
/// <param name="Views">The views, at least one.</param>
internal sealed record TrainingText(bool IsAttack, float Weight, IReadOnlyList<BlockedText> Views)
{
    public static TrainingText Of(bool isAttack, byte[] text, Lexicon lexicon, ViewBuilder builder)
    {
        var visitor = new Visitor(lexicon);
        builder.Walk(new ViewSource { Bytes = text, Content = ContentKind.Text, Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        return new TrainingText(isAttack, 1, visitor.Views);
    }

    private readonly struct Visitor(Lexicon lexicon) : IViewVisitor
    {
        public List<BlockedText> Views { get; } = [];

        public void Visit(scoped in View view)
        {
            if (!Engine.Detection.Injection.InjectionDetector.Reads(view))
            {
                return;
            }

            var walk = new FeatureWalk<BlockSink>(view.Bytes, lexicon, new BlockSink([], []));
            walk.Run();
            if (walk.Sink.Tokens > 0)
            {
                Views.Add(walk.Sink.Finish());
            }
        }

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
