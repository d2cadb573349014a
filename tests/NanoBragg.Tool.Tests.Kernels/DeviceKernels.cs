namespace NanoBragg.Tool.Tests.Kernels;

/// <summary>Benchmarks that say that they run on a device; the device is made up, its code is real.</summary>
internal static class DeviceKernels
{
    private const string Source = """
        __kernel void add(__global float *sum, __global const float *term, int count)
        {
            float all = 0;
            for (int i = 0; i < count; i++)
            {
                all += WORK(term[i]);
            }

            sum[get_global_id(0)] = all;
        }
        """;

    /// <summary>Runs where NANOBRAGG_TEST_DEVICE is set; NANOBRAGG_TEST_WORK says what the kernel does with each term.</summary>
    [KernelBenchmark("on-a-device", Measures = "Runs on a made-up device, or says that there is none.")]
    internal static KernelRun OnADevice()
    {
        var (seconds, calls, sum) = (0.0, 0, 0.0);
        return new KernelRun(() =>
        {
            for (var i = 0; i < 400_000; i++)
            {
                sum = Math.Sqrt(sum + i);
            }

            (seconds, calls) = (seconds + 0.0625, calls + 1);
        })
        {
            Steps = 1000,
            Bytes = 4e6,
            DeviceSource = Source,
            DeviceOptions = $"-cl-std=CL1.2 -DWORK(x)={Environment.GetEnvironmentVariable("NANOBRAGG_TEST_WORK") ?? "(x)"}",
            DeviceSeconds = () => seconds,
            MachineFigures = () => new Dictionary<string, double> { ["driverRegisters"] = 32 },
            NotAvailable = Environment.GetEnvironmentVariable("NANOBRAGG_TEST_DEVICE") is null ? "there is no\nmade-up device" : null,
            Check = () => new Dictionary<string, double> { ["secondsOfACall"] = seconds / calls },
        };
    }
}
