using System.Text.Json;
using Postern.Program.Hosts.Text;

namespace Postern.Program.Hosts;

/// <summary>One server of a host's file, and how it is put behind the proxy: by its own members, so that all others stay.</summary>
internal sealed class ServerEntry
{
    private const string HeaderVariable = "POSTERN_HEADER_";

    private static readonly string[] s_urls = ["url", "serverUrl", "httpUrl"];
    private static readonly string[] s_signingIn = ["oauth", "auth", "headersHelper"];

    private readonly AgentHost _host;
    private readonly ConfigText _file;
    private readonly TextNode _node;
    private readonly string[] _path;
    private readonly string[] _command;
    private readonly string? _url;

    private ServerEntry(AgentHost host, ConfigText file, string[] path)
    {
        (_host, _file) = (host, file);
        _node = file.Find(path)!;
        Name = path[^1];

        // Zed once had program, arguments and variables in an object of their own.
        _path = _node["command"] is { Kind: TextKind.Object } ? [.. path, "command"] : path;
        _node = file.Find(_path)!;
        _command = CommandOf(_node);
        _url = Array.Find(s_urls, name => _node[name] is { Kind: TextKind.String });
    }

    /// <summary>As the file calls it.</summary>
    public string Name { get; }

    /// <summary>The member that is the program.</summary>
    private string Program => _node["path"] is not null && _path[^1] == "command" ? "path" : "command";

    /// <summary>The entry at a path; null when that is no server.</summary>
    public static ServerEntry? At(AgentHost host, ConfigText file, string[] path)
    {
        var entry = file.Find(path) is { Kind: TextKind.Object } ? new ServerEntry(host, file, path) : null;
        return entry is null || (entry._command.Length == 0 && entry._url is null) ? null : entry;
    }

    /// <summary>Whether it is protected, or can be.</summary>
    public ServerReport Report => this switch
    {
        { _command: [var program, .. var rest] } when Wrapper.IsProxy(program, rest) => new(Name, ServerState.Protected),
        _ when Obstacle is { } why => new(Name, ServerState.Unsupported, why),
        _ => new(Name, ServerState.Open),
    };

    /// <summary>Why it cannot be wrapped; null when it can.</summary>
    private string? Obstacle =>
        Name.Length > 100 || Name.Any(char.IsControl) ? "its name cannot be passed on"
        : _command.Length > 0 ? CommandObstacle
        : Array.Find(s_signingIn, name => _node[name] is not null) is { } how ? $"the host signs in to it itself ({how})"
        : TextOf("type") is "sse" || (_host.MeansEventsByUrl && _url == "url") ? "it speaks the HTTP+SSE transport of 2024, which the proxy does not"
        : Uri.TryCreate(TextOf(_url!), UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? "its URL holds a password"
        : Headers.Any(static header => header.Value.Kind != TextKind.String) ? "its headers are no texts"
        : null;

    private string? CommandObstacle =>
        _node["envFile"] is not null ? "the names of its variables stand in a file of their own (envFile)"
        : _node["args"] is { } args && args.Texts is null ? "its arguments are no texts"
        : null;

    private List<TextMember> Headers => (_node["headers"] ?? _node["http_headers"])?.Members ?? [];

    /// <summary>The edits that put it behind the proxy: a path and what is to stand there, null for nothing.</summary>
    public IEnumerable<(string[] Path, string? Raw)> Wrap(Wrapper wrapper) => _command.Length > 0 ? WrapCommand(wrapper) : WrapUrl(wrapper);

    private List<(string[] Path, string? Raw)> WrapCommand(Wrapper wrapper)
    {
        var variables = (_node[_host.Environment]?.Members ?? []).Select(static member => member.Name).Concat(_node["env_vars"]?.Texts ?? []);
        return Line(wrapper, [.. variables.Distinct().SelectMany(static name => (string[])["--env", name]), "--", .. _command]);
    }

    private IEnumerable<(string[] Path, string? Raw)> WrapUrl(Wrapper wrapper)
    {
        List<string> options = ["--upstream", TextOf(_url!)!];
        List<(string[], string?)> edits = [];
        List<string> needed = [];
        foreach (var header in Headers)
        {
            // The value stays in the file, where it was; on a command line everybody on the machine could read it.
            var variable = HeaderVariable + (edits.Count + 1);
            options.AddRange("--header-env", header.Name + "=" + variable);
            edits.Add(([.. _path, _host.Environment, variable], _file.Raw(header.Value)));
        }

        foreach (var header in _node["env_http_headers"]?.Members ?? [])
        {
            options.AddRange("--header-env", header.Name + "=" + header.Value.Text);
            needed.Add(header.Value.Text);
        }

        if (TextOf("bearer_token_env_var") is { } bearer)
        {
            options.AddRange("--bearer-env", bearer);
            needed.Add(bearer);
        }

        if (_host.NamesVariables && needed.Count > 0)
        {
            edits.Add(([.. _path, "env_vars"], List([.. _node["env_vars"]?.Texts ?? [], .. needed])));
        }

        string[] gone = [_url!, "headers", "http_headers", "env_http_headers", "bearer_token_env_var"];
        return [.. Line(wrapper, options), .. edits, .. gone.Where(name => _node[name] is not null).Select(name => ((string[])[.. _path, name], (string?)null))];
    }

    /// <summary>The members that are the command line.</summary>
    private List<(string[] Path, string? Raw)> Line(Wrapper wrapper, IEnumerable<string> what)
    {
        string[] arguments = ["mcp", "proxy", .. wrapper.Options, "--name", Name, .. what];
        List<(string[], string?)> edits = _host.ListsCommand
            ? [([.. _path, Program], List([wrapper.Program, .. arguments]))]
            : [([.. _path, Program], Quoted(wrapper.Program)), ([.. _path, "args"], List(arguments))];
        if (TextOf("type") is { } type ? type != _host.LocalType : _host.NeedsType && _url is not null)
        {
            edits.Add(([.. _path, "type"], Quoted(_host.LocalType)));
        }

        return edits;
    }

    private static string[] CommandOf(TextNode node) => (node["command"] ?? node["path"]) switch
    {
        { Kind: TextKind.String } program => [program.Text, .. node["args"]?.Texts ?? []],
        { Texts: [_, ..] list } => list,
        _ => [],
    };

    private string? TextOf(string member) => _node[member] is { Kind: TextKind.String } text ? text.Text : null;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Json.Line.Encoder)}\"";

    private static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Quoted)) + "]";
}
