using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary>The options of <c>mcp proxy</c> that give a remote server its credentials. Values stand in the environment: everybody on the machine can read a command line.</summary>
internal sealed class ServerHeaders
{
    private readonly Option<string[]> _headers = new("--header-env")
    {
        Description = "a header for --upstream, and the variable that holds its value",
        HelpName = "HEADER=VARIABLE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _bearer = new("--bearer-env") { Description = "the variable that holds a bearer token for --upstream", HelpName = "VARIABLE" };

    /// <summary>Adds its options to a command.</summary>
    public ServerHeaders(Command command)
    {
        command.Options.Add(_headers);
        command.Options.Add(_bearer);
    }

    /// <summary>The fields that were asked for.</summary>
    /// <exception cref="ConfigException">One cannot be sent; the message does not hold its value.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Of(ParseResult parsed)
    {
        var fields = (parsed.GetValue(_headers) ?? []).Select(static pair => Field(pair.Split('=', 2), ""));
        return [.. parsed.GetValue(_bearer) is { } bearer ? fields.Append(Field(["Authorization", bearer], "Bearer ")) : fields];
    }

    private static KeyValuePair<string, string> Field(string[] pair, string scheme)
    {
        var name = pair[0];
        if (pair.Length < 2 || name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
        {
            throw new ConfigException("--header-env takes HEADER=VARIABLE");
        }

        var value = Environment.GetEnvironmentVariable(pair[1]) ?? throw new ConfigException($"the header {name}: there is no variable {Terminal.Plain(pair[1])}");
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? throw new ConfigException($"the header {name}: the value of {Terminal.Plain(pair[1])} is not one line of printable ASCII") : new(name, scheme + value);
    }
}
