namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>What a kernel runs on a device.</summary>
/// <param name="Source">The kernels in OpenCL C 1.2.</param>
/// <param name="Options">The compiler's options, separated by blanks.</param>
internal sealed record DeviceCode(string Source, string Options);
