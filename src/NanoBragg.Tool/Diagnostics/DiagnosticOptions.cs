namespace NanoBragg.Tool.Diagnostics;

/// <summary>What <c>diag</c> is asked for.</summary>
internal sealed record DiagnosticOptions
{
    /// <summary>The devices that kernels can be asked to run on, with the back end that each stands for.</summary>
    public static readonly IReadOnlyDictionary<string, string> Devices = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["cpu"] = "vector instructions, all processors",
        ["reference"] = "scalar, one operation after the other as in the reference program",
    };

    /// <summary>Gets the scenarios, by name; at least one.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Gets the full path of the assembly under test.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Gets the assembly as the user named it, or null for the built-in suite.</summary>
    public string? AssemblyArgument { get; init; }

    /// <summary>Gets the folder for bundles that the user named, or null.</summary>
    public string? OutFolder { get; init; }

    /// <summary>Gets the time limit of each worker process.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>Gets the device, one of <see cref="Devices"/>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Gets whether the JIT compiles in tiers.</summary>
    public bool JitTiering { get; init; } = true;

    /// <summary>Gets how many fresh processes run alone.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Gets whether one more process runs with every processor busy.</summary>
    public bool Load { get; init; } = true;

    /// <summary>Gets the baseline that the user named, or null for the usual file, if there is one.</summary>
    public string? BaselinePath { get; init; }

    /// <summary>Gets the folder of the bundle to compare with, or null for the newest beside the new one.</summary>
    public string? CompareFolder { get; init; }

    /// <summary>Gets the command line that asks for this diagnostic of one scenario.</summary>
    public IReadOnlyList<string> CommandFor(string scenario)
    {
        List<string> words = ["dotnet", "nanobragg", "diag", scenario];
        void Add(string name, string? value, string? usual)
        {
            if (value is not null && value != usual)
            {
                words.AddRange([name, value]);
            }
        }

        Add("--assembly", AssemblyArgument, null);
        Add("--device", Device, "cpu");
        Add("--timeout", FormattableString.Invariant($"{Timeout.TotalSeconds}"), "900");
        Add("--repeats", FormattableString.Invariant($"{Repeats}"), "3");
        Add("--baseline", BaselinePath, null);
        Add("--compare", CompareFolder, null);
        Add("--out", OutFolder, null);
        if (!JitTiering)
        {
            words.Add("--no-jit-tiering");
        }

        if (!Load)
        {
            words.Add("--no-load");
        }

        return words;
    }
}
