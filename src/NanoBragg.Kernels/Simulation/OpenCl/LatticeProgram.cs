using System.Text;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>The kernel of lattice.cl, compiled for one <see cref="ProgramVariant"/>: from the cache, where it is there, or from source.</summary>
internal sealed unsafe class LatticeProgram : IDisposable
{
    private const uint BuildLog = 0x1183;
    private const uint BinarySizes = 0x1165;
    private const uint Binaries = 0x1166;
    private const int BuildFailure = -11;
    private const int LogLines = 3;

    private static readonly Lazy<string> _source = new(static () =>
    {
        using var stream = typeof(LatticeProgram).Assembly.GetManifestResourceStream("lattice.cl")!;
        return new StreamReader(stream).ReadToEnd();
    });

    private readonly ProgramHandle _program;

    private LatticeProgram(ProgramHandle program)
    {
        _program = program;
        Kernel = Named("draw");
    }

    /// <summary>Gets the kernel that draws.</summary>
    public KernelHandle Kernel { get; }

    /// <summary>Gets the source.</summary>
    public static string Source => _source.Value;

    /// <summary>Makes a program.</summary>
    /// <param name="context">Where it is to live.</param>
    /// <param name="device">For which device.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">The compiler's options.</param>
    /// <returns>The program.</returns>
    /// <exception cref="OpenClException">The driver's compiler refuses it; the message has the first lines of what it says.</exception>
    public static LatticeProgram Make(ContextHandle context, OpenClDevice device, string source, string options)
    {
        var key = ProgramCache.Key(device, source, options);
        if (ProgramCache.Read(key) is { } binary && OfBinary(context, device, binary, options) is { } cached)
        {
            return new(cached);
        }

        var program = OfSource(context, device, source, options);
        if (BinaryOf(program) is { } compiled)
        {
            ProgramCache.Write(key, compiled);
        }

        return new(program);
    }

    /// <summary>Compiles a program anew, for what the driver says of it.</summary>
    /// <param name="context">Where it is compiled.</param>
    /// <param name="device">For which device.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">The compiler's options.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="OpenClException">The driver's compiler refuses it.</exception>
    public static string Log(ContextHandle context, OpenClDevice device, string source, string options)
    {
        using var program = OfSource(context, device, source, options);
        return Log(program, device.Id) ?? "";
    }

    /// <summary>Gets a kernel; the caller disposes of it.</summary>
    /// <param name="name">Its name.</param>
    public KernelHandle Named(string name)
    {
        var kernel = OpenClLibrary.CreateKernel(_program, name, out var error);
        OpenClException.Check(error, $"looking for the kernel {name}");
        return kernel;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kernel.Dispose();
        _program.Dispose();
    }

    private static ProgramHandle OfSource(ContextHandle context, OpenClDevice device, string source, string options)
    {
        var text = Encoding.UTF8.GetBytes(source);
        var (length, id) = ((nuint)text.Length, device.Id);
        ProgramHandle program;
        fixed (byte* bytes = text)
        {
            var start = bytes;
            program = OpenClLibrary.CreateProgram(context, 1, &start, &length, out var error);
            OpenClException.Check(error, "handing the kernels to the driver");
        }

        var code = OpenClLibrary.BuildProgram(program, 1, &id, options, 0, 0);
        if (code == BuildFailure)
        {
            throw new OpenClException(
                OpenClProblem.Build, $"the OpenCL compiler of {device.Name} ({device.Driver}) refuses the kernels, with {options}: {FirstLines(program, id)}");
        }

        OpenClException.Check(code, "compiling the kernels");
        return program;
    }

    // Null where the driver does not take its own binary, as after an update that left its version alone.
    private static ProgramHandle? OfBinary(ContextHandle context, OpenClDevice device, byte[] binary, string options)
    {
        var (length, id) = ((nuint)binary.Length, device.Id);
        fixed (byte* bytes = binary)
        {
            var start = bytes;
            int status;
            var program = OpenClLibrary.CreateProgramOfBinary(context, 1, &id, &length, &start, &status, out var error);
            if (error == 0 && status == 0 && OpenClLibrary.BuildProgram(program, 1, &id, options, 0, 0) == 0)
            {
                return program;
            }

            program.Dispose();
            return null;
        }
    }

    private static byte[]? BinaryOf(ProgramHandle program)
    {
        nuint size;
        if (OpenClLibrary.GetProgramInfo(program, BinarySizes, (nuint)sizeof(nuint), &size, null) != 0 || size == 0)
        {
            return null;
        }

        var binary = new byte[size];
        fixed (byte* bytes = binary)
        {
            var start = bytes;
            return OpenClLibrary.GetProgramInfo(program, Binaries, (nuint)sizeof(nint), &start, null) == 0 ? binary : null;
        }
    }

    private static string FirstLines(ProgramHandle program, nint device)
    {
        var lines = (Log(program, device) ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "it does not say why" : string.Join(" | ", lines.Take(LogLines));
    }

    private static string? Log(ProgramHandle program, nint device)
    {
        nuint size;
        if (OpenClLibrary.GetBuildInfo(program, device, BuildLog, 0, null, &size) != 0)
        {
            return null;
        }

        var log = new byte[size];
        fixed (byte* bytes = log)
        {
            OpenClException.Check(OpenClLibrary.GetBuildInfo(program, device, BuildLog, size, bytes, null), "reading what the compiler says");
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }
}
