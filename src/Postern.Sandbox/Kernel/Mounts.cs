using System.Runtime.InteropServices;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Kernel;

/// <summary>
/// Builds a root directory that holds what was granted and nothing else, and moves into it. What nobody thought of hiding is not there.
/// </summary>
internal static unsafe class Mounts
{
    // Any directory will do to build in: it is covered by the new root, and gone with the old one.
    private const string Site = "/tmp";

    private const int Here = -100;
    private const uint Clone = 1;
    private const uint CloseOnExec = 0x80000;
    private const uint Recursive = 0x8000;
    private const nint FromEmptyPath = 4;
    private const int Detach = 2;

    private const nuint NoSetUserId = 2;
    private const nuint NoDevices = 4;

    private const ulong AttributeReadOnly = 1;
    private const ulong AttributeNoSetUserId = 2;
    private const ulong AttributeNoDevices = 4;
    private const ulong AttributeNoExecute = 8;

    private static readonly string[] s_devices = ["null", "zero", "full", "random", "urandom", "tty"];

    private static readonly PathLink[] s_deviceLinks =
    [
        new("/dev/fd", "/proc/self/fd"), new("/dev/stdin", "/proc/self/fd/0"), new("/dev/stdout", "/proc/self/fd/1"),
        new("/dev/stderr", "/proc/self/fd/2"), new("/dev/ptmx", "pts/ptmx"),
    ];

    /// <summary>Whether the kernel has the calls that this needs (Linux 5.12).</summary>
    public static bool AreAvailable =>
        Native.Call(Native.MountSetAttributes, -1, 0, 0, 0, 0) < 0 && Native.Error != Errno.NoSuchCall;

    /// <summary>Builds and moves. The process must be in a mount namespace of its own, with capabilities over it.</summary>
    /// <exception cref="ContainmentException">The kernel refused a step; nothing may be started now.</exception>
    public static void Enter(SandboxPlan plan)
    {
        // All sources are opened first: the site may cover some of them.
        var sources = plan.Paths.Select(rule => (rule, Tree: TreeOf(rule))).ToList();
        var devices = s_devices.Where(static name => File.Exists("/dev/" + name)).Select(static name => (Name: name, Tree: Open("/dev/" + name))).ToList();
        Memory(Site, "mode=0755");
        foreach (var (rule, tree) in sources)
        {
            Place(rule, tree);
        }

        PlaceDevices(devices);
        Directory.CreateDirectory(Site + "/proc");
        Native.Check(Native.Mount("proc", Site + "/proc", "proc", NoSetUserId | NoDevices, null), "a /proc of its own");

        // A process of user 0 may write the machine's settings there without any capability.
        Restrict(Site + "/proc", AttributeReadOnly);
        foreach (var link in plan.Links.Concat(s_deviceLinks))
        {
            Link(link);
        }

        Restrict(Site, AttributeReadOnly);
        Native.Check(Native.ChangeDirectory(Site), "new root");
        var dot = stackalloc byte[2] { (byte)'.', 0 };
        Native.Check(Native.Call(Numbers.PivotRoot, (nint)dot, (nint)dot), "new root");
        Native.Check(Native.Unmount(".", Detach), "leaving the old root");
        Native.Check(Native.ChangeDirectory("/"), "new root");
    }

    private static int TreeOf(PathRule rule) => rule.Access switch
    {
        Access.Read or Access.Write => Open(rule.Path),
        Access.Hidden when File.Exists(rule.Path) => Open("/dev/null"),
        _ => -1,
    };

    private static void Place(PathRule rule, int tree)
    {
        var at = Site + rule.Path;
        if (tree < 0)
        {
            Directory.CreateDirectory(at);
            Memory(at, rule.Access == Access.Private ? "mode=" + (IsShared(rule.Path) ? "1777" : "0700") : "mode=0500,size=4k");
            return;
        }

        if (Directory.Exists("/proc/self/fd/" + tree) && rule.Access != Access.Hidden)
        {
            Directory.CreateDirectory(at);
        }
        else if (!File.Exists(at))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            File.Create(at).Dispose();
        }

        Attach(tree, at);
        Restrict(at, AttributeNoSetUserId | AttributeNoDevices | (rule.Access == Access.Write ? 0 : AttributeReadOnly) | (rule.IsData ? AttributeNoExecute : 0));
    }

    private static bool IsShared(string path) => path is "/tmp" or "/var/tmp" or "/dev/shm";

    private static void PlaceDevices(List<(string Name, int Tree)> devices)
    {
        foreach (var (name, tree) in devices)
        {
            File.Create(Site + "/dev/" + name).Dispose();
            Attach(tree, Site + "/dev/" + name);
        }

        Directory.CreateDirectory(Site + "/dev/pts");
        Native.Check(Native.Mount("devpts", Site + "/dev/pts", "devpts", NoSetUserId, "newinstance,ptmxmode=0666,mode=0620"), "terminals of its own");
    }

    private static void Link(PathLink link)
    {
        var at = Site + link.Path;
        if (Path.Exists(at) || new FileInfo(at).LinkTarget is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(at)!);
        File.CreateSymbolicLink(at, link.Target);
    }

    private static void Memory(string at, string options) => Native.Check(Native.Mount("tmpfs", at, "tmpfs", NoSetUserId | NoDevices, options), "private " + at[Site.Length..]);

    private static int Open(string path)
    {
        var name = Marshal.StringToCoTaskMemUTF8(path);
        var tree = Native.Call(Native.OpenTree, Here, name, (nint)(Clone | CloseOnExec | Recursive));
        Marshal.FreeCoTaskMem(name);
        return (int)Native.Check(tree, "grant of " + path);
    }

    private static void Attach(int tree, string at)
    {
        var empty = stackalloc byte[1] { 0 };
        var target = Marshal.StringToCoTaskMemUTF8(at);
        Native.Check(Native.Call(Native.MoveMount, tree, (nint)empty, Here, target, FromEmptyPath), "grant of " + at[Site.Length..]);
        Marshal.FreeCoTaskMem(target);
        Native.Close(tree);
    }

    private static void Restrict(string at, ulong attributes)
    {
        // attr_set, attr_clr, propagation, userns_fd
        var settings = stackalloc ulong[4] { attributes, 0, 0, 0 };
        var target = Marshal.StringToCoTaskMemUTF8(at);
        var flags = at == Site ? 0 : (nint)Recursive;
        Native.Check(Native.Call(Native.MountSetAttributes, Here, target, flags, (nint)settings, 32), "rights of " + at[Site.Length..]);
        Marshal.FreeCoTaskMem(target);
    }
}
