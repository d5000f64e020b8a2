using System.Text;
using Postern.Engine.Inspection;

namespace Postern.Engine.Tests.Monitoring.Tools;

/// <summary>What one call returned, in what another sends.</summary>
public sealed class DataFlowTests
{
    private const string Query = """run_query {"sql":"SELECT * FROM customers"}""";
    private const string Row = "id 4711, Jana Novotna, born 1984-03-17, +420 601 234 567, jana.novotna@example.org, card ends 9921, Brno, Kounicova 12";
    private const string Part = "Jana Novotna, born 1984-03-17, +420 601 234 567";

    public static TheoryData<string, string> Spellings => new()
    {
        { "as it is", Part },
        { "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Part)) },
        { "hex", Convert.ToHexString(Encoding.UTF8.GetBytes(Part)) },
        { "percent", Uri.EscapeDataString(Part) },
        { "case", Part.ToUpperInvariant() },
        { "spaced", Part.Replace(" ", " _ ", StringComparison.Ordinal) },
        { "lines", string.Join('\n', Part.Chunk(5).Select(c => new string(c))) },
        { "json in json", $$"""{"name":"{{Part}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_record_of_a_database_does_not_leave_in_any_spelling(string spelling, string sent)
    {
        Assert.NotEmpty(spelling);
        var refused = await Flow("< " + Row, sent);
        Assert.Contains(refused!.Findings, f => f.Rule.Id == "session.flow.private-to-network" && f.Detail == "run_query returned it, send_message has it" && f.Where == "session");
    }

    [Fact]
    public async Task A_record_split_over_arguments_is_found()
    {
        var refused = await new Agent().PlayAsync(Query, "< " + Row, $$"""send_message {"a":"{{Part[..20]}}","b":"{{Part[20..]}}"}""");
        Assert.Contains(refused!.Findings, f => f.Rule.Id == "session.flow.private-to-network");
    }

    [Theory]
    [InlineData("The meeting is moved to Thursday, 14:00, room 12.")]
    [InlineData("Row 4711 is done.")]
    [InlineData("Jana Novotna wrote.")]
    public async Task Other_text_leaves(string sent) => Assert.Null(await Flow("< " + Row, sent));

    [Fact]
    public async Task A_sentence_of_public_text_is_quoted_freely()
    {
        const string Licence = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software";
        Assert.Null(await new Agent().PlayAsync("""read_file {"path":"LICENSE"}""", "< " + Licence, $$"""create_comment_send {"body":"{{Licence}}"}"""));
    }

    [Fact]
    public async Task A_row_in_a_long_answer_is_found()
    {
        var rows = string.Join('\n', Enumerable.Range(1000, 400).Select(i => $"{i}, customer {(i * 7919L) % 100_003}, +49 {(i * 104_729L) % 899_999 + 100_000} {i}, street {i % 97}"));
        var sent = string.Join('\n', rows.Split('\n')[200..208]);
        Assert.Contains((await Flow("< " + rows, sent))!.Findings, f => f.Rule.Id == "session.flow.private-to-network");
    }

    [Fact]
    public async Task What_is_on_the_public_network_is_no_secret_of_a_database()
    {
        var agent = new Agent { Approves = false };
        Assert.Null(await agent.PlayAsync("""fetch_page {"url":"https://example.com/"}""", "< " + Row, Query, "< " + Row, $$"""send_message {"text":"{{Part}}"}"""));
    }

    [Fact]
    public async Task Fetched_text_that_is_run_is_recorded()
    {
        const string Command = "python3 -m venv .venv && .venv/bin/pip --version && make configure all install-strip";
        var agent = new Agent();
        Assert.Null(await agent.PlayAsync("""fetch_page {"url":"https://example.com/"}""", "< " + Command, $$"""bash {"command":"{{Command}}"}"""));
        Assert.Contains("session.flow.fetched-to-exec", agent.Evidence);
    }

    [Fact]
    public async Task Another_principal_has_a_memory_of_its_own()
    {
        Assert.Null(await new Agent { Actor = "kim" }.PlayAsync(Query, "< " + Row));
        Assert.Null(await new Agent { Actor = "lee" }.PlayAsync($$"""send_message {"text":"{{Part}}"}"""));
    }

    private static Task<Refused?> Flow(string answer, string sent) =>
        new Agent().PlayAsync(Query, answer, $$"""send_message {"text":{{System.Text.Json.JsonSerializer.Serialize(sent)}}}""");
}
