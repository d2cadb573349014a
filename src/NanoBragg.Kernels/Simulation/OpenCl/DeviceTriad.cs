namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>
/// The triad of STREAM (McCalpin) on a device: a = b + 3·c over three arrays of float, which no cache of a device holds. What it moves in a second is what the device's
/// memory can do.
/// </summary>
internal sealed unsafe class DeviceTriad : IDisposable
{
    private const int Length = 16 * 1024 * 1024;
    private const float Term = 1.0F, Factor = 2.0F;

    private readonly OpenClSession _session;
    private readonly KernelHandle _kernel;
    private readonly BufferHandle[] _arrays;

    /// <summary>Prepares the arrays.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="OpenClException">The device fails, or has too little memory.</exception>
    public DeviceTriad(OpenClDevice device)
    {
        _session = new(device);
        try
        {
            _kernel = _session.Program(new ProgramVariant(false, Model.CrystalShape.Block, null, false, false, false, 4)).Named("triad");
            _arrays = [_session.Room<float>(Length, "the triad"), Filled(Term), Filled(Factor)];
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        for (var i = 0U; i < _arrays.Length; i++)
        {
            DeviceLaunch.Set(_kernel, i, _arrays[i]);
        }
    }

    /// <summary>Gets the bytes that a call moves, as STREAM counts them.</summary>
    public static long Bytes => 3L * Length * sizeof(float);

    /// <summary>Gets the seconds that the device has worked so far, by its own clock.</summary>
    public double DeviceSeconds { get; private set; }

    /// <summary>Adds the arrays, and returns when the device has done so.</summary>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void Add() => DeviceSeconds += DeviceLaunch.Run(_session, _kernel, Length / 4, null, "adding the arrays");

    /// <summary>Reads the first sum.</summary>
    /// <returns>The sum: 7.</returns>
    /// <exception cref="OpenClException">The device fails.</exception>
    public float First()
    {
        float first;
        OpenClException.Check(OpenClLibrary.Read(_session.Queue, _arrays[0], 1, 0, sizeof(float), &first, 0, null, null), "reading the sum");
        return first;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var array in _arrays)
        {
            array.Dispose();
        }

        _kernel.Dispose();
        _session.Dispose();
    }

    private BufferHandle Filled(float value)
    {
        var values = new float[Length];
        Array.Fill(values, value);
        return _session.Copy<float>(values, "the triad");
    }
}
