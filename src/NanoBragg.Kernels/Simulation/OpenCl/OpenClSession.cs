namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>A device that is open: its context, its queue, and the programs compiled so far.</summary>
internal sealed unsafe class OpenClSession : IDisposable
{
    private const nint ContextPlatform = 0x1084;
    private const ulong Profiled = 2;
    private const ulong HostCopied = 32;
    private const ulong ReadWrite = 1;

    private readonly Dictionary<string, LatticeProgram> _programs = [];
    private bool? _hasGoodCosine;

    /// <summary>Opens a device.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="OpenClException">It cannot be opened.</exception>
    public OpenClSession(OpenClDevice device)
    {
        Device = device;
        var id = device.Id;
        var properties = stackalloc nint[3] { ContextPlatform, device.PlatformId, 0 };
        Context = OpenClLibrary.CreateContext(properties, 1, &id, 0, 0, out var error);
        OpenClException.Check(error, $"opening {device.Name}");
        Queue = OpenClLibrary.CreateQueue(Context, id, Profiled, out error);
        OpenClException.Check(error, $"opening {device.Name}");
    }

    /// <summary>Gets the device.</summary>
    public OpenClDevice Device { get; }

    /// <summary>Gets the context.</summary>
    public ContextHandle Context { get; }

    /// <summary>Gets the queue, in order, with the device's clock.</summary>
    public QueueHandle Queue { get; }

    /// <summary>Uses the device once.</summary>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void WakeUp()
    {
        byte value;
        using var room = OpenClLibrary.CreateBuffer(Context, ReadWrite, 1, null, out var error);
        OpenClException.Check(error, $"waking {Device.Name}");
        OpenClException.Check(OpenClLibrary.Read(Queue, room, 1, 0, 1, &value, 0, null, null), $"waking {Device.Name}");
    }

    /// <summary>Gets the bytes of all buffers made so far.</summary>
    public long DeviceBytes { get; private set; }

    /// <summary>Gets or sets the bytes that were copied between the device and this process so far.</summary>
    public long CopiedBytes { get; set; }

    /// <summary>Gets the program for a picture.</summary>
    /// <param name="plan">What the picture shows.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="stepsWorthIt">Steps from which a block of few cells has a program of its own; null for the usual number.</param>
    /// <param name="lanes">Pixels that a work-item draws; null for what suits the device.</param>
    /// <returns>For what it is compiled, and the program.</returns>
    /// <exception cref="OpenClException">The driver's compiler refuses it.</exception>
    public (ProgramVariant Variant, LatticeProgram Program) Program(SimulationPlan plan, OpenClPrecision precision, long? stepsWorthIt = null, int? lanes = null)
    {
        var variant = ProgramVariant.For(plan, precision, Device.Kind, stepsWorthIt, lanes);
        var program = Program(variant);
        if (!variant.HardwareCosine || HasGoodCosine(program))
        {
            return (variant, program);
        }

        variant = variant with { HardwareCosine = false };
        return (variant, Program(variant));
    }

    /// <summary>Gets a program, compiled at most once.</summary>
    /// <param name="variant">For what it is compiled.</param>
    public LatticeProgram Program(ProgramVariant variant)
    {
        var options = variant.Options;
        if (!_programs.TryGetValue(options, out var program))
        {
            _programs[options] = program = LatticeProgram.Make(Context, Device, LatticeProgram.Source, options);
        }

        return program;
    }

    /// <summary>Whether the device's own cosine may be taken, measured once.</summary>
    /// <param name="program">A program that takes it.</param>
    public bool HasGoodCosine(LatticeProgram program) => _hasGoodCosine ??= DeviceCosine.IsAccurate(this, program);

    /// <summary>Makes a buffer with a copy of numbers.</summary>
    /// <param name="values">The numbers, at least one.</param>
    /// <param name="what">What they are, for the error.</param>
    /// <typeparam name="T">Their kind.</typeparam>
    public BufferHandle Copy<T>(ReadOnlySpan<T> values, string what)
        where T : unmanaged
    {
        fixed (T* host = values)
        {
            var buffer = OpenClLibrary.CreateBuffer(Context, ReadWrite | HostCopied, (nuint)values.Length * (nuint)sizeof(T), host, out var error);
            OpenClException.Check(error, Making(what, (long)values.Length * sizeof(T)));
            DeviceBytes += (long)values.Length * sizeof(T);
            CopiedBytes += (long)values.Length * sizeof(T);
            return buffer;
        }
    }

    /// <summary>Makes a buffer of whatever the memory holds.</summary>
    /// <param name="length">Numbers, at least one.</param>
    /// <param name="what">What they will be, for the error.</param>
    /// <typeparam name="T">Their kind.</typeparam>
    public BufferHandle Room<T>(long length, string what)
        where T : unmanaged
    {
        var buffer = OpenClLibrary.CreateBuffer(Context, ReadWrite, (nuint)length * (nuint)sizeof(T), null, out var error);
        OpenClException.Check(error, Making(what, length * sizeof(T)));
        DeviceBytes += length * sizeof(T);
        return buffer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var program in _programs.Values)
        {
            program.Dispose();
        }

        Queue.Dispose();
        Context.Dispose();
    }

    private string Making(string what, long bytes) => FormattableString.Invariant($"making room for {what}, {bytes} bytes, on {Device.Name}");
}
