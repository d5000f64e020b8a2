using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Flow;

public sealed class StreamLedgerTests
{
    [Fact]
    public void Counts_and_digests_the_fields_of_an_event_with_its_data_and_no_border()
    {
        using var writer = new MessageWriter();
        writer.Header("event", "note");
        writer.Header(string.Empty, "comment");
        writer.AddBorder("before"u8, "after"u8);
        writer.Body("data"u8);
        using var piece = writer.Seal(new MessageFacts(MessageKind.Event, Direction.Inbound));

        AssertCounts("event: note\ncomment\ndata", piece);
    }

    [Fact]
    public void Counts_and_digests_of_a_window_what_leaves_and_nothing_twice()
    {
        using var writer = new MessageWriter();
        writer.Body("leadbodyback"u8);
        using var piece = writer.Seal(new MessageFacts(MessageKind.BodyWindow, Direction.Inbound) { Lead = 4, HeldBack = 4 });

        AssertCounts("body", piece);
    }

    private static void AssertCounts(string expected, Message piece)
    {
        using var ledger = new StreamLedger(piece.Kind);
        var digest = new byte[SHA256.HashSizeInBytes];

        ledger.Add(piece);

        Assert.Equal((1, expected.Length), (ledger.Pieces, ledger.Bytes));
        ledger.Digest(digest);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), digest);
    }
}
