using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Flags;

/// <summary>The reference program's command line, rule for rule.</summary>
public static class CommandLineFlags
{
    /// <summary>
    /// Turns a command line into an experiment. Output flags have no effect here, and words that the reference program does not know are ignored.
    /// As in that program, reflections read from <c>-hkl</c> are copied to <c>Fdump.bin</c> (<c>-dump</c>), which a later line without <c>-hkl</c> reads.
    /// </summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="workingDirectory">Where relative file names start.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="ExperimentException">Nothing to compute, or a file that cannot be used.</exception>
    public static Experiment Parse(IReadOnlyList<string> args, string workingDirectory)
    {
        var run = ParseRun(args, workingDirectory);
        run.LeaveDump();
        return run.Experiment;
    }

    /// <summary>Turns a command line into all that it asks for. Nothing is written yet: <see cref="CommandLineRun.LeaveDump"/> leaves the copy of the reflections.</summary>
    /// <inheritdoc cref="Parse"/>
    public static CommandLineRun ParseRun(IReadOnlyList<string> args, string workingDirectory)
    {
        var words = args.ToArray();
        var parsed = new ParsedFlags();
        HeaderFiles.Read(parsed, words, workingDirectory);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith('-'))
            {
                Apply(parsed, words[i], new(words, i + 1, words.Length - i - 1));
            }
        }

        if (parsed.AmorphousTable is { } table)
        {
            AmorphousTable.Require(Path.Combine(workingDirectory, table));
        }

        ReadMatrix(parsed, workingDirectory);
        ReadStructureFactors(parsed, workingDirectory);
        if (parsed.SourceFile is { } file)
        {
            parsed.Beam = parsed.Beam with { Sources = SourceFile.Read(Path.Combine(workingDirectory, file)) };
        }

        return new(parsed.ToExperiment(), parsed.Images, parsed.ReflectionFile is null ? null : Path.Combine(workingDirectory, parsed.DumpFile))
        {
            Printed = parsed.PrintsPixels ? parsed.PrintedPixels : null,
        };
    }

    private static void Apply(ParsedFlags parsed, string word, ArraySegment<string> following)
    {
        foreach (var flag in FlagTable.All)
        {
            if (flag.Matches(word, following))
            {
                flag.Apply(parsed, following);
                if (flag.EndsWord)
                {
                    return;
                }
            }
        }
    }

    private static void ReadStructureFactors(ParsedFlags parsed, string workingDirectory)
    {
        var list = parsed.ReflectionFile is { } file ? Path.Combine(workingDirectory, file) : null;
        var dump = Path.Combine(workingDirectory, parsed.DumpFile);
        parsed.Crystal = parsed.Crystal with { StructureFactors = StructureFactorFiles.Read(list, dump, parsed.Crystal.DefaultStructureFactor) };
        if (parsed.Crystal.StructureFactors is null && parsed.Crystal.DefaultStructureFactor == 0.0)
        {
            throw new ExperimentException("no structure factors: give -hkl FILE, or -default_F F with an F other than 0");
        }
    }

    private static void ReadMatrix(ParsedFlags parsed, string workingDirectory)
    {
        if (parsed.HasCell ? parsed.Cell[0] == 0.0 : parsed.MatrixFile is null)
        {
            throw new ExperimentException("no unit cell: give -cell a b c alpha beta gamma, or -mat FILE");
        }

        if (parsed.MatrixFile is not { } file)
        {
            return;
        }

        // The reference program goes on without a matrix that it cannot read. With a cell that is an experiment, without one nothing is left.
        parsed.Crystal = parsed.Crystal with { Matrix = MatrixFile.TryRead(Path.Combine(workingDirectory, file)) };
        if (parsed.Crystal.Matrix is null && !parsed.HasCell)
        {
            throw new ExperimentException($"cannot read the matrix {file}, and there is no -cell: correct the name, or give -cell");
        }
    }
}
