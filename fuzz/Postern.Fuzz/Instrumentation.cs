using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Postern.Fuzz;

/// <summary>Writes copies of assemblies that tell <see cref="Coverage"/> which blocks they run.</summary>
internal static class Instrumentation
{
    /// <summary>Copies this program to <paramref name="folder"/>, the assemblies under test instrumented.</summary>
    public static void Copy(string folder, params ReadOnlySpan<string> assemblies)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var name in assemblies)
        {
            Instrument(Path.Combine(AppContext.BaseDirectory, name + ".dll"), Path.Combine(folder, name + ".dll"));
        }
    }

    private static void Instrument(string from, string to)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(from, new ReaderParameters { AssemblyResolver = resolver });
        var hit = module.ImportReference(typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
        var numbers = new Random(1);
        foreach (var method in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody))
        {
            Instrument(method.Body, hit, numbers);
        }

        module.Write(to);
    }

    private static void Instrument(MethodBody body, MethodReference hit, Random numbers)
    {
        body.SimplifyMacros();
        var il = body.GetILProcessor();
        foreach (var start in Starts(body))
        {
            // What stood here moves behind the call; whoever jumped here now meets the call first.
            var moved = Instruction.Create(OpCodes.Nop);
            (moved.OpCode, moved.Operand) = (start.OpCode, start.Operand);
            (start.OpCode, start.Operand) = (OpCodes.Ldc_I4, numbers.Next(Coverage.Size));
            il.InsertAfter(start, moved);
            il.InsertAfter(start, Instruction.Create(OpCodes.Call, hit));
        }

        body.OptimizeMacros();
    }

    private static List<Instruction> Starts(MethodBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                starts.Add(target);
            }

            foreach (var one in instruction.Operand as Instruction[] ?? [])
            {
                starts.Add(one);
            }

            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
            {
                starts.Add(next);
            }
        }

        return [.. starts];
    }
}
