namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What a device's memory can do: a kernel that does nothing but read and write arrays of float.</summary>
internal sealed unsafe class DeviceStream : IDisposable
{
    // An array that no cache of a device holds.
    private const int TriadLength = 16 * 1024 * 1024;
    private const float Term = 1.0F, Factor = 2.0F;

    private readonly OpenClSession _session;
    private readonly KernelHandle _kernel;
    private readonly List<BufferHandle> _arrays = [];
    private readonly int _length;
    private readonly string _what;

    private DeviceStream(OpenClDevice device, string kernel, int length, string what, float[] terms)
    {
        (_length, _what) = (length, what);
        _session = new(device);
        try
        {
            _kernel = _session.Program(new ProgramVariant(false, Model.CrystalShape.Block, null, false, false, StepForm.Many, 4)).Named(kernel);
            _arrays.Add(_session.Room<float>(length, what));
            foreach (var term in terms)
            {
                var values = new float[length];
                Array.Fill(values, term);
                _arrays.Add(_session.Copy<float>(values, what));
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        for (var i = 0; i < _arrays.Count; i++)
        {
            DeviceLaunch.Set(_kernel, (uint)i, _arrays[i]);
        }
    }

    /// <summary>Gets the bytes that a call moves, as STREAM counts them.</summary>
    public long Bytes => (long)_arrays.Count * _length * sizeof(float);

    /// <summary>Gets the seconds that the device has worked so far, by its own clock.</summary>
    public double DeviceSeconds { get; private set; }

    /// <summary>Prepares the triad of STREAM (McCalpin): a = b + 3·c over three arrays of 64 MiB. Its numbers are 7.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="OpenClException">The device fails, or has too little memory.</exception>
    public static DeviceStream Triad(OpenClDevice device) => new(device, "triad", TriadLength, "the triad", [Term, Factor]);

    /// <summary>Prepares the writing of an array and nothing else: what a picture of that size takes at least, with the launch. Its numbers are 7.</summary>
    /// <param name="device">The device.</param>
    /// <param name="length">The array's numbers, a multiple of 4.</param>
    /// <exception cref="OpenClException">The device fails, or has too little memory.</exception>
    public static DeviceStream Fill(OpenClDevice device, int length) => new(device, "fill", length, "the array", []);

    /// <summary>Runs the kernel, and returns when the device has done so.</summary>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void Run() => DeviceSeconds += DeviceLaunch.Run(_session, _kernel, (nuint)_length / 4, null, $"working on {_what}");

    /// <summary>Reads the last number that was written.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="OpenClException">The device fails.</exception>
    public float Last()
    {
        float last;
        OpenClException.Check(OpenClLibrary.Read(_session.Queue, _arrays[0], 1, ((nuint)_length - 1) * sizeof(float), sizeof(float), &last, 0, null, null), "reading a number");
        return last;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _arrays.ForEach(static array => array.Dispose());
        _kernel?.Dispose();
        _session.Dispose();
    }
}
