using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Tests.Kernel;

/// <summary>Runs a filter as the kernel would, on one system call.</summary>
internal static class FilterMachine
{
    public const uint X64 = 0xC000003E;
    public const uint Arm64 = 0xC00000B7;
    public const uint Allow = 0x7FFF0000;
    public const uint Kill = 0x80000000;

    public static uint Run(BpfInstruction[] code, uint architecture, uint number, params ulong[] arguments)
    {
        var data = new uint[16];
        (data[0], data[1]) = (number, architecture);
        for (var i = 0; i < arguments.Length; i++)
        {
            (data[4 + (2 * i)], data[5 + (2 * i)]) = ((uint)arguments[i], (uint)(arguments[i] >> 32));
        }

        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var step = code[at];
            switch (step.Code)
            {
                case 0x20: accumulator = data[step.Value / 4]; break;
                case 0x54: accumulator &= step.Value; break;
                case 0x15: at += accumulator == step.Value ? step.Yes : step.No; break;
                case 0x35: at += accumulator >= step.Value ? step.Yes : step.No; break;
                case 0x45: at += (accumulator & step.Value) != 0 ? step.Yes : step.No; break;
                case 0x06: return step.Value;
                default: throw new InvalidOperationException($"no instruction of ours: {step.Code:x}");
            }
        }
    }
}
