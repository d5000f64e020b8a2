using System.Runtime.InteropServices;

namespace Postern.Sandbox.Kernel;

/// <summary>Numbers of calls that are older than the common ones, on x86-64 and arm64.</summary>
internal static class Numbers
{
    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static nint Read => s_arm ? 63 : 0;

    public static nint Socket => s_arm ? 198 : 41;

    public static nint Connect => s_arm ? 203 : 42;

    public static nint SendTo => s_arm ? 206 : 44;

    public static nint RecvFrom => s_arm ? 207 : 45;

    public static nint Bind => s_arm ? 200 : 49;

    public static nint Listen => s_arm ? 201 : 50;

    public static nint Ptrace => s_arm ? 117 : 101;

    public static nint PivotRoot => s_arm ? 41 : 155;
}
