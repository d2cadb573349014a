using System.Numerics;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Finishing;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>A picture that stays on its device: prepared once, drawn as often as is wanted, and read when it is asked for.</summary>
internal sealed class ResidentPicture : IDisposable
{
    private readonly OpenClSession _session;
    private readonly SimulationPlan _plan;
    private readonly ProgramVariant _variant;
    private readonly LatticeProgram _program;
    private readonly IDisposable _job;
    private readonly Func<double> _draw;
    private readonly Action<float[]> _read;

    /// <summary>Prepares a picture: all that the device reads is there afterwards.</summary>
    /// <param name="device">The device.</param>
    /// <param name="precision">The arithmetic; it must suit the plan.</param>
    /// <param name="plan">What the picture shows, one that <see cref="DeviceBackEnd.HandsOver"/> leaves to nobody.</param>
    /// <exception cref="OpenClException">The device fails.</exception>
    public ResidentPicture(OpenClDevice device, OpenClPrecision precision, SimulationPlan plan)
    {
        _plan = plan;
        _session = new(device);
        try
        {
            (_variant, _program) = _session.Program(plan, precision);
            (_job, _draw, _read) = precision == OpenClPrecision.Double ? Job<double>() : Job<float>();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Gets the seconds that the device has drawn so far, by its own clock.</summary>
    public double DeviceSeconds { get; private set; }

    /// <summary>Gets the bytes that the last <see cref="Draw"/> copied between the device and this process.</summary>
    public long CopiedBytes { get; private set; }

    /// <summary>Gets the bytes of the device's memory that the picture takes.</summary>
    public long DeviceBytes => _session.DeviceBytes;

    /// <summary>Draws the picture, and returns when the device has done so.</summary>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void Draw()
    {
        var copied = _session.CopiedBytes;
        DeviceSeconds += _draw();
        CopiedBytes = _session.CopiedBytes - copied;
    }

    /// <summary>Reads the picture from the device.</summary>
    /// <param name="image">Where to, row by row.</param>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void Read(float[] image)
    {
        _read(image);
        Finish.Picture(_plan, image, Environment.ProcessorCount);
    }

    /// <summary>Tells what the driver made of the kernel.</summary>
    /// <returns>See <see cref="KernelAttributes"/>.</returns>
    public IReadOnlyDictionary<string, double> Attributes() => KernelAttributes.Of(_session, _program, _variant);

    /// <inheritdoc/>
    public void Dispose()
    {
        _job.Dispose();
        _session.Dispose();
    }

    private (IDisposable Job, Func<double> Draw, Action<float[]> Read) Job<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new OpenClJob<T>(_session, _program, _variant, _plan, new RegionRows(_plan.FastPixels, _plan.SlowPixels, _plan.Region), int.MaxValue, poisons: false);
        return (job, job.DrawAll, job.ReadAll);
    }
}
