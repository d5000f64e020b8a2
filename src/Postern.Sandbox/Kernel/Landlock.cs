using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Kernel;

/// <summary>Landlock: a process gives up rights over files, ports and signals, for itself and all that it starts, and cannot take them back.</summary>
internal static unsafe class Landlock
{
    /// <summary>From this version on TCP ports can be held.</summary>
    public const int AbiWithPorts = 4;

    /// <summary>From this version on signals and abstract sockets can be held.</summary>
    public const int AbiWithScopes = 6;

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadDirectory = 1 << 3;
    private const ulong Refer = 1 << 13;
    private const ulong Truncate = 1 << 14;
    private const ulong Device = 1 << 15;
    private const ulong ConnectTcp = 1 << 1;
    private const ulong BothScopes = 3;

    private const ulong Reading = Execute | ReadFile | ReadDirectory;
    private const ulong OnFiles = Execute | WriteFile | ReadFile | Truncate | Device;

    private const int BeneathPath = 1;
    private const int PortRule = 2;
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;

    private static int NoFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>The kernel's version of Landlock; 0 when it has none.</summary>
    public static int Abi => (int)Math.Max(0, Native.Call(Native.LandlockCreateRuleset, 0, 0, 1));

    /// <summary>Makes the rules and puts this thread under them.</summary>
    /// <param name="rules">What may be reached; paths that are not there are skipped.</param>
    /// <param name="port">The only TCP port that may be connected to, 0 for none; null leaves ports alone.</param>
    /// <exception cref="ContainmentException">The kernel refused.</exception>
    public static void Restrict(IEnumerable<PathRule> rules, int? port)
    {
        var abi = Abi;
        var handled = Handled(abi);
        var attributes = stackalloc ulong[3] { handled, port is null ? 0 : ConnectTcp, abi >= AbiWithScopes ? BothScopes : 0 };
        var ruleset = Native.Check(Native.Call(Native.LandlockCreateRuleset, (nint)attributes, SizeOf(abi)), "Landlock");
        foreach (var rule in rules)
        {
            Add(ruleset, rule, handled);
        }

        if (port is > 0 and { } only)
        {
            var entry = stackalloc ulong[2] { ConnectTcp, (ulong)only };
            Native.Check(Native.Call(Native.LandlockAddRule, ruleset, PortRule, (nint)entry), "Landlock port rule");
        }

        Native.Check(Native.Call(Native.LandlockRestrictSelf, ruleset), "Landlock");
        Native.Close((int)ruleset);
    }

    private static void Add(nint ruleset, PathRule rule, ulong handled)
    {
        var descriptor = Native.Open(rule.Path, PathOnly | CloseOnExec | NoFollow);
        if (descriptor < 0)
        {
            return;
        }

        var rights = rule.Access switch { Access.Write => handled, Access.List => ReadDirectory, _ => Reading } & handled & (rule.IsData ? ~Execute : ~0UL);
        Span<byte> entry = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, Directory.Exists(rule.Path) ? rights : rights & OnFiles);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], descriptor);
        fixed (byte* at = entry)
        {
            Native.Check(Native.Call(Native.LandlockAddRule, ruleset, BeneathPath, (nint)at), $"Landlock rule for {rule.Path}");
        }

        Native.Close(descriptor);
    }

    /// <summary>Every right over files that this version knows: 13 from the first, then one with each of versions 2, 3 and 5.</summary>
    private static ulong Handled(int abi) =>
        (Refer - 1) | (abi >= 2 ? Refer : 0) | (abi >= 3 ? Truncate : 0) | (abi >= 5 ? Device : 0);

    private static nint SizeOf(int abi) => abi switch { < AbiWithPorts => 8, < AbiWithScopes => 16, _ => 24 };
}
