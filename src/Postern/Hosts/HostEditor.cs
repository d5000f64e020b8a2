using System.Security.Cryptography;
using System.Text;
using Postern.Program.Hosts.Text;

namespace Postern.Program.Hosts;

/// <summary>Plans what becomes of the files of a host. Every plan starts from the file without what was done to it before, so that doing it twice is doing it once.</summary>
internal sealed class HostEditor(AgentHost host, HostPlaces places, IntegrationFiles files)
{
    /// <summary>Larger files are nobody's configuration.</summary>
    private const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>Where the last slash of a file stands that lies in the home itself, which everybody has.</summary>
    private const int HomeDepth = 1;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True when the host has been used by this user, or in this project.</summary>
    public bool IsHere(bool ofProject) => All(ofProject).Any(entry => 
        File.Exists(entry.Path) || (entry.File.Path.LastIndexOf('/') > HomeDepth && Directory.Exists(Path.GetDirectoryName(entry.Path))));

    /// <summary>Puts everything behind Postern.</summary>
    /// <param name="wrapper">How Postern is called.</param>
    /// <param name="ofProject">True for the project's files, false for the user's.</param>
    public IEnumerable<HostFilePlan> Protect(Wrapper wrapper, bool ofProject) => All(ofProject).Select(entry => Plan(entry, wrapper)).OfType<HostFilePlan>();

    /// <summary>Takes Postern out again.</summary>
    public IEnumerable<HostFilePlan> Release(bool ofProject) => All(ofProject).Select(entry => Plan(entry, null)).OfType<HostFilePlan>();

    /// <summary>How everything is now: plans that change nothing.</summary>
    public IEnumerable<HostFilePlan> Look(bool ofProject) => All(ofProject).Select(entry => Guarded(entry.Path, before => Seen(entry, before))).OfType<HostFilePlan>();

    private IEnumerable<(HostFile File, string Path, HostHooks? Hooks)> All(bool ofProject) => host.Files.Select(static file => (file, (HostHooks?)null))
        .Concat((host.Hooks?.Files ?? []).Select(file => (file, host.Hooks)))
        .Where(entry => entry.Item1.IsOfProject == ofProject)
        .Select(entry => (entry.Item1, places.Resolve(entry.Item1), entry.Item2));

    private HostFilePlan? Plan((HostFile File, string Path, HostHooks? Hooks) entry, Wrapper? wrapper) => Guarded(entry.Path, before =>
    {
        var (file, path, hooks) = entry;
        var known = files.Find(path);
        return (before, hooks, known, wrapper) switch
        {
            (null, null, null, _) or (null, _, null, null) => null,
            (_, not null, _, not null) => WithHooks(path, before, Undone(entry, before, known), (hooks, wrapper)),
            (not null, null, _, not null) => Wrapped(file, path, before, Undone(entry, before, known), wrapper),
            _ => new HostFilePlan(path, before, Undone(entry, before, known)) { Servers = ReportsOf(file, Undone(entry, before, known)) },
        };
    });

    private HostFilePlan? Seen((HostFile File, string Path, HostHooks? Hooks) entry, byte[]? before)
    {
        if (entry.Hooks is not { } hooks)
        {
            return before is null ? null : new HostFilePlan(entry.Path, before, before) { Servers = ReportsOf(entry.File, before) };
        }

        var text = JsoncText.Of(s_strict.GetString(before ?? []));
        return new HostFilePlan(entry.Path, before, before) { HasHooks = HookEntries.AreComplete(text, hooks) && !HookEntries.AreOff(text) };
    }

    private static HostFilePlan? Guarded(string path, Func<byte[]?, HostFilePlan?> plan)
    {
        byte[]? before = null;
        try
        {
            before = WholeFile.Read(path);
            return before is { Length: > MaxFileBytes } ? new HostFilePlan(path, before, before) { Fault = "it is too long to be a configuration" } : plan(before);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return new HostFilePlan(path, before, before) { Fault = e is DecoderFallbackException ? "it is no UTF-8" : e.Message };
        }
    }

    /// <summary>The file as it would be without Postern; null for none.</summary>
    private byte[]? Undone((HostFile File, string Path, HostHooks? Hooks) entry, byte[]? before, Integration? known)
    {
        if (before is null || (known is null && entry.Hooks is null))
        {
            return before;
        }

        if (known is not null && Hash(before) == known.Written)
        {
            return known.Original;
        }

        var (text, original) = (TextOf(entry.File, before), TextOf(entry.File, known?.Original ?? []));
        text = entry.Hooks is { } hooks
            ? HookEntries.Remove((JsoncText)text, hooks, original)
            : known!.Undo(text, original, IsWrapped);
        return s_strict.GetBytes(text.Source);
    }

    /// <summary>A member of a server that is wrapped, or of an object in it.</summary>
    private bool IsWrapped(ConfigText text, string[] member)
    {
        for (var length = member.Length - 1; length > 0; length--)
        {
            if (ServerEntry.At(host, text, member[..length]) is { Report.State: ServerState.Protected })
            {
                return true;
            }
        }

        return false;
    }

    private HostFilePlan Wrapped(HostFile file, string path, byte[] before, byte[]? clean, Wrapper wrapper)
    {
        var text = TextOf(file, clean ?? []);
        var touched = new List<string[]>();
        foreach (var server in ServersOf(file, text))
        {
            if (ServerEntry.At(host, text, server) is not { Report.State: ServerState.Open } entry)
            {
                continue;
            }

            foreach (var (at, raw) in entry.Wrap(wrapper))
            {
                text = raw is null ? text.Remove(at) : text.Set(at, raw);
                touched.Add(at);
            }
        }

        var after = touched.Count == 0 ? clean : s_strict.GetBytes(text.Source);
        return new HostFilePlan(path, before, after)
        {
            Servers = ReportsOf(file, after),
            Integration = touched.Count == 0 ? null : new Integration(path, clean, Hash(after!), touched),
        };
    }

    private static HostFilePlan WithHooks(string path, byte[]? before, byte[]? clean, (HostHooks Hooks, Wrapper Wrapper) how)
    {
        var text = HookEntries.Add(JsoncText.Of(s_strict.GetString(clean ?? [])), how.Hooks, how.Wrapper);
        if (HookEntries.AreOff(text))
        {
            return new HostFilePlan(path, before, before) { Fault = $"{HookEntries.SwitchedOff} is set: nothing asks Postern", HasHooks = false };
        }

        var after = s_strict.GetBytes(text.Source);
        var isNew = clean is null || !clean.AsSpan().SequenceEqual(after);
        return new HostFilePlan(path, before, after)
        {
            HasHooks = HookEntries.AreComplete(text, how.Hooks),
            Integration = isNew ? new Integration(path, clean, Hash(after), []) : null,
        };
    }

    private IReadOnlyList<ServerReport> ReportsOf(HostFile file, byte[]? bytes)
    {
        var text = TextOf(file, bytes ?? []);
        return [.. ServersOf(file, text).Select(server => ServerEntry.At(host, text, server)?.Report).OfType<ServerReport>()];
    }

    private static IEnumerable<string[]> ServersOf(HostFile file, ConfigText text) =>
        file.Servers.SelectMany(pattern => Expand(text, [], [.. pattern, "*"]));

    private static IEnumerable<string[]> Expand(ConfigText text, string[] path, string[] rest) => rest switch
    {
        [] => [path],
        ["*", ..] => (text.Find(path)?.Members ?? []).SelectMany(member => Expand(text, [.. path, member.Name], rest[1..])),
        [var name, ..] => Expand(text, [.. path, name], rest[1..]),
    };

    private static ConfigText TextOf(HostFile file, byte[] bytes) => file.IsToml ? TomlText.Of(s_strict.GetString(bytes)) : JsoncText.Of(s_strict.GetString(bytes));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
