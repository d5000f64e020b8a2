using System.Net;
using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Configuration;

/// <summary>A policy as a user writes it, and an inspector that rules under it, without a network.</summary>
internal sealed class PolicyWorld : IEvidenceSink, IResolver, IApprover, IHalt
{
    private readonly Inspector _inspector;
    private readonly PolicySnapshot _policy;

    public PolicyWorld(string yaml)
    {
        var read = ConfigReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Errors);
        var compiled = PolicyCompiler.Compile(read.Config!);
        Assert.Empty(compiled.Errors);
        _policy = new PolicySnapshot(1, "test", compiled.Policy!);
        _inspector = new Inspector(new InspectorSeams(this, new InProcessSessions(), this, this, this, TimeProvider.System, new byte[32]));
    }

    /// <summary>Effect, what enforcing would have done, and the rules, of each record.</summary>
    public List<(Effect Effect, Effect? Observed, string[] Rules)> Records { get; } = [];

    public bool IsHalted => false;

    public bool Stops(string actor) => IsHalted;

    public CancellationToken Halted(string actor) => new(IsHalted);

    /// <summary>The compiler's errors for a file that reads without one.</summary>
    public static IReadOnlyList<string> ErrorsOf(string yaml)
    {
        var read = ConfigReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Errors);
        var compiled = PolicyCompiler.Compile(read.Config!);
        Assert.Equal(compiled.Errors.Count == 0, compiled.Policy is not null);
        return compiled.Errors;
    }

    /// <summary>Sends a request; the refusing rule, or the empty text when it passed.</summary>
    public string Send(string url, string body = "", string header = "x-note: none") => RuleOf(NewExchange(), Request(url, body, header));

    /// <summary>Asks for a tunnel.</summary>
    public string Connect(string target)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Url, target);
        return RuleOf(NewExchange(), writer.Seal(new MessageFacts(MessageKind.Connect, Direction.Outbound)));
    }

    /// <summary>Sends a harmless request and receives a text in return.</summary>
    public string Receive(string text, string url = "https://a.test/")
    {
        var exchange = NewExchange();
        Assert.Equal("", RuleOf(exchange, Request(url, "", "x-note: none")));
        using var writer = new MessageWriter();
        writer.Header("content-type", "text/plain");
        writer.Body(Encoding.UTF8.GetBytes(text));
        return RuleOf(exchange, writer.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound) { Whole = true, Status = 200 }));
    }

    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        var rules = new List<string>();
        foreach (var finding in draft.Findings)
        {
            rules.Add(finding.Rule.Id);
        }

        Records.Add((draft.Effect, draft.Observed, [.. rules]));
        return new(new EvidenceId(1, Records.Count));
    }

    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => new(host switch
    {
        "intranet.test" => [IPAddress.Parse("10.1.2.3")],
        "office.test" => [IPAddress.Parse("203.0.113.5")],
        _ => [IPAddress.Parse("93.184.216.34")],
    });

    public ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel) => new(Approval.None);

    private static Message Request(string url, string body, string header)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, url);
        var line = header.Split(": ");
        writer.Header(line[0], line[1]);
        writer.Body(Encoding.UTF8.GetBytes(body));
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
    }

    private Exchange NewExchange() => new("test", "forward", _policy);

    private string RuleOf(Exchange exchange, Message message)
    {
        var ruling = _inspector.InspectAsync(exchange, message).AsTask().GetAwaiter().GetResult();
        return ruling.TryClear(out _, out var refused) ? "" : refused.RuleId;
    }
}
