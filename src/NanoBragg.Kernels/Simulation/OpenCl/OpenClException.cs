namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What went wrong with OpenCL.</summary>
public enum OpenClProblem
{
    /// <summary>The machine has no OpenCL library, or no driver that it finds.</summary>
    NoDriver,

    /// <summary>There is no such device.</summary>
    NoDevice,

    /// <summary>The device cannot compute what is asked for.</summary>
    Unsupported,

    /// <summary>The driver's compiler refused the kernels.</summary>
    Build,

    /// <summary>The device or the driver has not enough memory.</summary>
    OutOfMemory,

    /// <summary>The device was lost, or the driver ended what it computed.</summary>
    DeviceLost,

    /// <summary>A call failed in another way.</summary>
    Call,
}

/// <summary>OpenCL cannot do what is asked of it. The message is one line for the user: what is wrong, and what to do.</summary>
public sealed class OpenClException : DeviceException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What kind of problem it is.</param>
    /// <param name="message">One line for the user.</param>
    public OpenClException(OpenClProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>Gets what kind of problem it is.</summary>
    public OpenClProblem Problem { get; }

    /// <summary>Throws where a call failed.</summary>
    /// <param name="code">What the call gave; 0 is success.</param>
    /// <param name="doing">What was being done, as the end of "while ...".</param>
    /// <exception cref="OpenClException">The call failed.</exception>
    internal static void Check(int code, string doing)
    {
        if (code != 0)
        {
            throw Of(code, doing);
        }
    }

    /// <summary>Makes the error of a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="doing">What was being done, as the end of "while ...".</param>
    internal static OpenClException Of(int code, string doing)
    {
        var (problem, name, help) = code switch
        {
            -1 => (OpenClProblem.NoDevice, "CL_DEVICE_NOT_FOUND", "see 'dotnet nanobragg devices'"),
            -2 => (OpenClProblem.DeviceLost, "CL_DEVICE_NOT_AVAILABLE", "another process may hold the device"),
            -3 => (OpenClProblem.Unsupported, "CL_COMPILER_NOT_AVAILABLE", "the driver has no compiler; take another device"),
            -4 => (OpenClProblem.OutOfMemory, "CL_MEM_OBJECT_ALLOCATION_FAILURE", "draw fewer pixels at once with -roi, or take another device"),
            -5 => (OpenClProblem.DeviceLost, "CL_OUT_OF_RESOURCES", "the driver ended the computation: it took too long, failed, or lacked memory"),
            -6 => (OpenClProblem.OutOfMemory, "CL_OUT_OF_HOST_MEMORY", "free memory of this machine"),
            -14 => (OpenClProblem.DeviceLost, "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST", "a computation before it failed"),
            -36 => (OpenClProblem.DeviceLost, "CL_INVALID_COMMAND_QUEUE", "the driver gave the device up"),
            -61 => (OpenClProblem.OutOfMemory, "CL_INVALID_BUFFER_SIZE", "the device does not give that much memory at once; draw fewer pixels with -roi, or take another device"),
            -1001 => (OpenClProblem.NoDriver, "CL_PLATFORM_NOT_FOUND_KHR", "install a driver, such as the GPU's own or pocl-opencl-icd for the processor"),
            -9999 => (OpenClProblem.DeviceLost, "an error of the driver's own", "it ended the computation"),
            _ => (OpenClProblem.Call, FormattableString.Invariant($"OpenCL error {code}"), "this is an error of NanoBragg or of the driver"),
        };
        return new(problem, $"{name} while {doing}: {help}");
    }
}
