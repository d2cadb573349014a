using System.CommandLine;
using System.Globalization;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Tool.Commands;

/// <summary><c>devices</c>: on what OpenCL can draw here.</summary>
internal static class Devices
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var json = MeasuringArguments.Json();
        var command = new Command("devices", "Lists the OpenCL devices that 'simulate --device opencl:N' and 'bench --suite gpu' can use, or says why there are none.") { json };
        command.SetAction(parsed =>
        {
            var devices = Find();
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? DevicesJson.Text(devices) : Text(devices));
        });
        return command;
    }

    private static OpenClDevices Find()
    {
        try
        {
            return OpenClDevices.Find();
        }
        catch (OpenClException e)
        {
            throw new UserError(e.Message, innerException: e);
        }
    }

    private static string Text(OpenClDevices devices) => devices.ReasonForNone is { } reason
        ? $"no OpenCL devices: {reason}\n"
        : string.Concat(devices.All.Select(device => string.Create(
            CultureInfo.InvariantCulture,
            $"opencl:{device.Number}  {device.Kind.ToString().ToLowerInvariant()}  {device.Name}  ({device.Platform}, driver {device.Driver}): {device.ComputeUnits} compute units, {device.MemoryBytes / 1073741824.0:0.#} GiB, {(device.HasDouble ? "float and double" : "float only")}\n")));
}
