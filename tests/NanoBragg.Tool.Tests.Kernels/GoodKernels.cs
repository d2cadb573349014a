namespace NanoBragg.Tool.Tests.Kernels;

/// <summary>Benchmarks that do what they say.</summary>
internal static class GoodKernels
{
    [KernelBenchmark("good", Measures = "Sums the square roots of 1 to 20 000.")]
    internal static KernelRun Good() => SquareRoots(20_000);

    [KernelBenchmark("with-cases", Measures = "The same sum, short and long.")]
    [KernelCase("short", 10_000, 0.5)]
    [KernelCase("long", 40_000, 0.5, Name = "long")]
    [KernelComparison("speed-ratio", "long", "short-10000-0.5", AtLeast = 0.2, AtMost = 5)]
    [KernelComparison("impossible", "long", "short-10000-0.5", Rate = "wall-steps", AtLeast = 1e9)]
    internal static KernelRun WithCases(string length, int terms, double unused)
    {
        _ = (length, unused);
        return SquareRoots(terms);
    }

    [KernelBenchmark("allocates", Measures = "Allocates one array of 1000 bytes a call.")]
    internal static KernelRun Allocates()
    {
        byte[]? kept = null;
        return new KernelRun(() => kept = new byte[1000]) { Check = () => new Dictionary<string, double> { ["length"] = kept!.Length } };
    }

    [KernelBenchmark("two-threads", Measures = "The sum of square roots on two threads.")]
    internal static KernelRun TwoThreads()
    {
        var sums = new double[16];
        return new KernelRun(() => Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => sums[part * 8] = Sum(20_000)))
        {
            Threads = 2,
            Check = () => new Dictionary<string, double> { ["sum"] = sums[0] + sums[8] },
        };
    }

    [KernelBenchmark("touches-memory", Measures = "Touches 200 MiB of fresh memory a call.")]
    internal static unsafe KernelRun TouchesMemory() => new(() =>
    {
        const nuint Bytes = 200 << 20;
        var memory = (byte*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(Bytes, 4096);
        for (nuint at = 0; at < Bytes; at += 4096)
        {
            memory[at] = 1;
        }

        System.Runtime.InteropServices.NativeMemory.AlignedFree(memory);
    })
    {
        Steps = 51_200,
        StepUnit = "pages",
        Bytes = 51_200 * 4096.0,
    };

    [KernelBenchmark("tells-environment", Measures = "Its figures tell the runtime settings that it runs under.")]
    internal static KernelRun TellsEnvironment() => new(static () => { })
    {
        Check = () => new Dictionary<string, double>
        {
            ["tieredPgo"] = Environment.GetEnvironmentVariable("DOTNET_TieredPGO") == "0" ? 0 : 1,
            ["planted"] = Environment.GetEnvironmentVariable("NANOBRAGG_TEST_VALUE") is { } value ? double.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : -1,
        },
    };

    [KernelBenchmark("tells-processor", Measures = "Its figure is the processors that its last call might use, as a mask.")]
    internal static KernelRun TellsProcessor()
    {
        var mask = 0.0;
        return new KernelRun(() =>
        {
            // "Cpus_allowed:	3", hexadecimal words of 32 bits with commas between them, of the calling thread.
            var line = File.ReadLines("/proc/thread-self/status").First(found => found.StartsWith("Cpus_allowed:", StringComparison.Ordinal));
            mask = (double)System.Numerics.BigInteger.Parse("0" + line.Split(':')[1].Trim().Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        })
        {
            Check = () => new Dictionary<string, double> { ["mask"] = mask },
        };
    }

    [KernelBenchmark("uses-package", Measures = "Calls a function of a NuGet package.")]
    internal static KernelRun UsesPackage()
    {
        var value = 0.0;
        return new KernelRun(() => value = MathNet.Numerics.SpecialFunctions.Erf(0.5)) { Check = () => new Dictionary<string, double> { ["erf"] = value } };
    }

    [KernelBenchmark("shares-buffer", Measures = "Its figure counts how often its buffer was prepared.")]
    internal static KernelRun SharesBuffer()
    {
        var buffer = KernelBuffers.Shared<double>("counts", 1000);
        var other = KernelBuffers.Shared<double>("counts", 1001);
        buffer[0]++;
        return new KernelRun(() => buffer[1] = other[0]) { Check = () => new Dictionary<string, double> { ["preparations"] = buffer[0], ["other"] = other[0] } };
    }

    /// <summary>A test changes the constant in a copy of this assembly.</summary>
    [KernelBenchmark("marked", Measures = "Its figure tells which copy of this assembly it is.")]
    internal static KernelRun Marked() => new(static () => { }) { Check = () => new Dictionary<string, double> { ["mark"] = Mark() } };

    private static int Mark() => 0x5EED0001;

    /// <summary>A test makes a copy of this assembly in which this kernel works twice as long for the same result.</summary>
    [KernelBenchmark("paced", Measures = "Sums the square roots of 1 to 20, some thousand times.")]
    internal static KernelRun Paced()
    {
        var sum = 0.0;
        return new KernelRun(() =>
        {
            for (var round = 0x5EED0000; round < Rounds(); round++)
            {
                sum = Sum(20);
            }
        })
        {
            Check = () => new Dictionary<string, double> { ["sum"] = sum },
        };
    }

    private static int Rounds() => 0x5EED1000;

    [KernelBenchmark("cold-start", Measures = "A sum whose first call does much more.")]
    internal static KernelRun ColdStart()
    {
        var sum = 0.0;
        var first = true;
        return new KernelRun(() =>
        {
            for (var round = 0x5EED0000; first && round < FirstRounds(); round++)
            {
                sum = Sum(100);
            }

            first = false;
            sum = Sum(20_000);
        })
        {
            Check = () => new Dictionary<string, double> { ["sum"] = sum },
        };
    }

    private static int FirstRounds() => 0x5EED8000;

    private static KernelRun SquareRoots(int terms)
    {
        var sum = 0.0;
        return new KernelRun(() => sum = Sum(terms))
        {
            Steps = terms,
            StepUnit = "terms",
            Check = () => sum > terms
                ? new Dictionary<string, double> { ["sum"] = sum }
                : throw new InvalidOperationException("the sum is too small"),
        };
    }

    private static double Sum(int terms)
    {
        var sum = 0.0;
        for (var i = 1; i <= terms; i++)
        {
            sum += Math.Sqrt(i);
        }

        return sum;
    }
}
