namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>A call, and by which clock it is timed.</summary>
/// <param name="Call">The call.</param>
/// <param name="DeviceSeconds">Gives the seconds that a device has worked so far, where the call runs on one; null for the CPU time of the process.</param>
internal sealed record TimedCall(Action Call, Func<double>? DeviceSeconds = null);
