using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Editing;

/// <summary>Borders show the end of what left earlier together with what is about to leave.</summary>
public sealed class BorderEditTests
{
    private static readonly string s_key = EditWorld.Key;

    public static TheoryData<string, string, string?> Borders => new()
    {
        { "the earlier message held it, and it was edited there", $"see {s_key} | hello", "hello" },
        { "this message holds it, and it is edited here", $"before | see {s_key} ok", "see [REDACTED:aws-access-key-id:1] ok" },
        { "half of it has left", $"see {s_key[..10]}|{s_key[10..]} ok", null },
        { "half of it has left, and this message holds it once more", $"see {s_key[..10]}|{s_key[10..]} and {s_key}", null },
        { "both", $"see {s_key} |and {EditWorld.OtherKey}", "and [REDACTED:aws-access-key-id:1]" },
    };

    [Theory]
    [MemberData(nameof(Borders))]
    public void A_secret_over_a_border_is_refused_and_one_beside_it_is_not(string rule, string text, string? expected)
    {
        Assert.NotEmpty(rule);
        var world = new EditWorld(EditWorld.Redact);
        var halves = text.Split('|');
        using var writer = new MessageWriter();
        var body = Encoding.ASCII.GetBytes(halves[1]);
        writer.AddBorder(Encoding.ASCII.GetBytes(halves[0]), body);
        writer.Body(body);

        using var passed = world.Pass(writer.Seal(new MessageFacts(MessageKind.Event, Direction.Outbound) { Whole = true }));

        Assert.Equal(expected, passed is null ? null : Encoding.ASCII.GetString(passed.ReleasableBody.Span).Trim());
    }
}
