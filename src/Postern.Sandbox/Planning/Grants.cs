namespace Postern.Sandbox.Planning;

/// <summary>Collects what can be reached. Each path gets the last word said about it; beneath it, longer paths decide.</summary>
internal sealed class Grants
{
    private static readonly string[] s_system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/snap"];

    // The own terminal, new ones, and devices without anything behind them. The directory of terminals would open those of others.
    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx"];

    private static readonly string[] s_private = ["/tmp", "/var/tmp", "/run", "/dev", "/dev/shm"];

    // Settings that tools read and that hold no secrets.
    private static readonly string[] s_settings = [".gitconfig", ".config/git"];

    // Directories of a home that many programs share: a grant for one goes a level deeper.
    private static readonly string[] s_sharedByMany = [".config", ".cache", "snap", "Library"];

    private static readonly string[] s_tooWide = ["/", "/tmp", "/home", "/etc", "/usr", "/var", "/root", "/dev", "/proc", "/sys", "/run", "/opt", "/bin", "/sbin", "/lib"];

    private readonly Dictionary<string, Access> _access = new(StringComparer.Ordinal);
    private readonly HashSet<string> _data = new(StringComparer.Ordinal);
    private readonly List<PathLink> _links = [];
    private readonly List<string> _workspaces = [];
    private readonly SandboxRequest _request;
    private readonly bool _isolated;
    private readonly string _home;
    private readonly string[] _secrets;

    public Grants(SandboxRequest request, bool isolated)
    {
        _request = request;
        _isolated = isolated;
        _home = RealPath.Of(request.UserHome, _links) ?? "/";
        _secrets = [.. SecretPlaces.Of(_home).Concat(request.Own).Select(path => RealPath.Of(path, []) ?? path).Distinct(StringComparer.Ordinal)];
        StartsIn = RealPath.Of(request.Directory, []) ?? "/";
        GrantSystem();
        GrantTools();
        GrantWishes();
        GrantWorkspace();
        GrantSockets();
        LimitData();
        foreach (var path in request.Shown.Where(path => !IsTooWide(RealPath.Of(path, []) ?? "/")))
        {
            Allow(path, Access.Read);
        }
    }

    /// <summary>Symbolic links on the way to what is granted.</summary>
    public IReadOnlyList<PathLink> Links => [.. _links.Distinct()];

    /// <summary>Everything that is hidden, whether it is there or not.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Where the command starts.</summary>
    public string StartsIn { get; private set; }

    /// <summary>Directories that the operator lets the command change: its workspace first.</summary>
    public IReadOnlyList<string> Workspaces => [.. _workspaces.Where(Directory.Exists)];

    /// <summary>All rules, shorter paths first.</summary>
    public IReadOnlyList<PathRule> Rules()
    {
        foreach (var secret in _secrets.Where(path => Path.Exists(path) && !_access.ContainsKey(path)))
        {
            _access[secret] = Access.Hidden;
        }

        var rules = _access.Select(pair => new PathRule(pair.Key, pair.Value) { IsData = _data.Contains(pair.Key) }).OrderBy(static rule => rule.Path.Length).ThenBy(static rule => rule.Path, StringComparer.Ordinal).ToList();
        return _isolated ? [.. rules.Where(rule => IsNeeded(rule, rules))] : [.. Carving.Of(rules)];
    }

    /// <summary>What says the same as what is around it says nothing, and what is hidden needs a cover only where something around it is shown.</summary>
    private static bool IsNeeded(PathRule rule, List<PathRule> rules)
    {
        var around = rules.LastOrDefault(other => other.Covers(rule.Path) && other.Path.Length < rule.Path.Length);
        return rule.Access == Access.Hidden ? around?.Access is Access.Read or Access.Write : rule.Access == Access.Private || (rule.Access, rule.IsData) != (around?.Access, around?.IsData);
    }

    private void GrantSystem()
    {
        foreach (var path in s_system)
        {
            Allow(path, Access.Read);
        }

        if (_isolated)
        {
            Allow("/sys/devices/system", Access.Read);
            foreach (var path in s_private.Append(_home))
            {
                _access[path] = Access.Private;
            }

            return;
        }

        Allow("/proc", Access.Read);
        foreach (var path in s_devices.Append(_request.Scratch).Where(static path => path.Length > 0))
        {
            Allow(path, Access.Write);
        }
    }

    /// <summary>Programs of the search path that lie outside the system's directories: with everything around them in the home (a whole <c>.pyenv</c>), else with their prefix.</summary>
    private void GrantTools()
    {
        foreach (var folder in _request.SearchPath.Split(':').Where(static folder => folder.StartsWith('/')))
        {
            if (RealPath.Of(folder, []) is { } real && !new PathRule(real, Access.Read).Covers(_home))
            {
                foreach (var place in (string[])[TopInHome(real) ?? PrefixOf(real), folder])
                {
                    if (!IsSecret(RealPath.Of(place, []) ?? place))
                    {
                        Allow(place, Access.Read);
                    }
                }
            }
        }

        foreach (var name in s_settings)
        {
            Allow(Path.Join(_home, name), Access.Read);
        }

        foreach (var name in AgentNeeds.Of(_request.Command.Count > 0 ? _request.Command[0] : "").Writes)
        {
            Allow(Path.Join(_home, name), Access.Write);
        }
    }

    private void GrantWishes()
    {
        foreach (var (path, access) in _request.Reads.Select(static path => (path, Access.Read)).Concat(_request.Writes.Select(static path => (path, Access.Write))))
        {
            var real = RealOf(path);
            if (real is null or "/" || (access == Access.Write && IsTooWide(real)))
            {
                throw new ContainmentException($"sandbox.filesystem: {path} is too wide to be granted; name directories beneath it");
            }

            RefuseSecret("sandbox.filesystem", path, real);
            Allow(real, access);
            if (access == Access.Write)
            {
                _workspaces.Add(real);
            }
        }
    }

    private void GrantSockets()
    {
        foreach (var path in _request.Sockets)
        {
            if (!_isolated)
            {
                throw new ContainmentException($"sandbox.sockets: {path} cannot be granted without namespaces: then every Unix socket is closed");
            }

            var real = RealOf(path);
            if (real is null || Directory.Exists(real))
            {
                throw new ContainmentException($"sandbox.sockets: {path} is no socket; name the socket itself, not its directory");
            }

            RefuseSecret("sandbox.sockets", path, real);
            Allow(real, Access.Write);
        }
    }

    /// <summary>What is only data keeps the access that it has from what is around it.</summary>
    private void LimitData()
    {
        foreach (var path in _request.Data)
        {
            var real = RealOf(path) ?? "/";
            var around = _access.Where(pair => new PathRule(pair.Key, pair.Value).Covers(real)).MaxBy(static pair => pair.Key.Length);
            if (around.Value is not (Access.Read or Access.Write))
            {
                throw new ContainmentException($"sandbox.filesystem.deny_execute: {path} is not granted, so nothing there is executed");
            }

            // Landlock adds up what is granted on the way to a file; a mount takes it back.
            if (!_isolated && around.Key != real)
            {
                throw new ContainmentException($"sandbox.filesystem.deny_execute: {path} lies in {around.Key}, and without namespaces only all of that can be held");
            }

            if (Path.Exists(real))
            {
                _access[real] = around.Value;
                _data.Add(real);
            }
        }
    }

    private void RefuseSecret(string key, string path, string real)
    {
        if (IsSecret(real))
        {
            throw new ContainmentException($"{key}: {path} holds secrets, and is hidden whatever is granted");
        }
    }

    /// <summary>A path as the configuration has it, without links; null when it goes in a circle.</summary>
    public string? RealOf(string path) => RealPath.Of(path.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(_home, path[2..]) : path, []);

    private void GrantWorkspace()
    {
        var named = _request.Workspace.Length > 0;
        var workspace = RealPath.Of(named ? _request.Workspace : _request.Directory, []);
        if (workspace is null || IsTooWide(workspace) || !Directory.Exists(workspace) || IsSecret(workspace))
        {
            if (named)
            {
                throw new ContainmentException($"{_request.Workspace} cannot be a workspace: it must be a directory, and neither your home, nor the system's, nor hold your keys");
            }

            StartsIn = _isolated ? _home : _request.Scratch;
            return;
        }

        Allow(workspace, Access.Write);
        _workspaces.Insert(0, workspace);
        StartsIn = new PathRule(workspace, Access.Write).Covers(StartsIn) ? StartsIn : workspace;
    }

    private bool IsSecret(string real) => Array.Exists(_secrets, secret => new PathRule(secret, Access.Hidden).Covers(real));

    private bool IsTooWide(string real) => s_tooWide.Contains(real) || new PathRule(real, Access.Write).Covers(_home);

    /// <summary>For a path in the home, the first directory of it that belongs to one program.</summary>
    private string? TopInHome(string real)
    {
        if (!new PathRule(_home, Access.Read).Covers(real) || real.Length == _home.Length)
        {
            return null;
        }

        var parts = real[(_home.Length + 1)..].Split('/');
        return Path.Join(_home, parts.Length > 1 && s_sharedByMany.Contains(parts[0]) ? parts[0] + "/" + parts[1] : parts[0]);
    }

    /// <summary>What a folder of programs belongs to: beside <c>bin</c> lies the <c>lib</c> that its programs are links into.</summary>
    private string PrefixOf(string folder) => Path.GetFileName(folder) is "bin" or "sbin" or "shims" && Path.GetDirectoryName(folder) is { } prefix && prefix.LastIndexOf('/') > 0 && !IsTooWide(prefix) ? prefix : folder;

    private void Allow(string path, Access access)
    {
        var links = new List<PathLink>();
        if (RealPath.Of(path, links) is not { } real || !Path.Exists(real) || (_access.TryGetValue(real, out var before) && before == Access.Write))
        {
            return;
        }

        _links.AddRange(links);
        _access[real] = access;
    }
}
