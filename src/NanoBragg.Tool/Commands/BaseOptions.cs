using System.CommandLine;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Bases;

namespace NanoBragg.Tool.Commands;

/// <summary>
/// Where the base assembly comes from: <c>--base</c>, <c>--base-ref</c> with <c>--project</c>, <c>--base-package</c>, or, where none of them is given, what the baseline pins,
/// unless <c>--no-base</c> says otherwise.
/// </summary>
internal sealed class BaseOptions
{
    private readonly Option<string?> _base = new("--base")
    {
        Description = "An earlier build of the assembly, with its dependencies beside it; time is judged against it, in the same processes.",
        HelpName = "X.dll",
    };

    private readonly Option<string?> _baseRef = new("--base-ref")
    {
        Description = "The same, built from this git revision in a temporary worktree.",
        HelpName = "REV",
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = "With --base-ref: the project that makes the assembly. Default: the one in the nearest folder above it.",
        HelpName = "X.csproj",
    };

    private readonly Option<string?> _basePackage = new("--base-package")
    {
        Description = "The same, from a package that NuGet restores: the highest version of the range, such as My.Kernels@1.4.0, @[1.0,2.0) or @1.*; without one, the highest stable.",
        HelpName = "ID@RANGE",
    };

    private readonly Option<bool> _noBase = new("--no-base")
    {
        Description = "Judge time against yardsticks only, also where the baseline's own base is to be had.",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_base);
        command.Options.Add(_baseRef);
        command.Options.Add(_project);
        command.Options.Add(_basePackage);
        command.Options.Add(_noBase);
        command.Validators.Add(result =>
        {
            Option[] given = [.. new Option[] { _base, _baseRef, _basePackage, _noBase }.Where(option => result.GetResult(option) is { Implicit: false })];
            if (given.Length > 1)
            {
                result.AddError($"{given[0].Name} and {given[1].Name} name the same thing; give one of them.");
            }

            if (result.GetResult(_project) is not null && result.GetResult(_baseRef) is null)
            {
                result.AddError("--project goes with --base-ref.");
            }
        });
    }

    /// <summary>Tells whether a base was named.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Whether one of the options that name one was given.</returns>
    public bool AreGiven(ParseResult parse) => parse.GetValue(_base) is not null || parse.GetValue(_baseRef) is not null || parse.GetValue(_basePackage) is not null;

    /// <summary>Does something with the base, if there is one; makes it before and removes it afterwards where that is needed.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="parse">The command line.</param>
    /// <param name="options">What is measured; passed on with the base in it.</param>
    /// <param name="baseline">The baseline, whose own base is used where no other is named; null where it cannot be read.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="progress">Is told of building.</param>
    /// <param name="cancellation">Ends building.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="UserError">There is no such base.</exception>
    public T With<T>(ParseResult parse, MeasureOptions options, BaselineFile? baseline, Func<MeasureOptions, T> action, IProgress<string> progress, CancellationToken cancellation)
    {
        if (parse.GetValue(_baseRef) is { } revision)
        {
            using var build = BaseBuild.Make(revision, options.AssemblyPath, parse.GetValue(_project), options.Timeout, progress, cancellation);
            return action(options with { BaseAssemblyPath = build.AssemblyPath });
        }

        if (parse.GetValue(_basePackage) is { } wanted)
        {
            using var package = BasePackage.Restore(PackageRange.Parse(wanted), options.AssemblyPath, options.Timeout, progress, cancellation);
            return action(options with { BaseAssemblyPath = package.AssemblyPath });
        }

        if (parse.GetValue(_base) is { } given)
        {
            var path = Path.GetFullPath(given);
            return File.Exists(path)
                ? action(options with { BaseAssemblyPath = path })
                : throw new UserError($"there is no base assembly '{path}'; name the .dll that an earlier build left, or a git revision with --base-ref");
        }

        return parse.GetValue(_noBase) || baseline is not { Exists: true } ? action(options) : WithFrozen(options, baseline, action, progress);
    }

    private static T WithFrozen<T>(MeasureOptions options, BaselineFile baseline, Func<MeasureOptions, T> action, IProgress<string> progress)
    {
        using var frozen = FrozenBase.Find(baseline, options.AssemblyPath, progress);
        if (frozen.AssemblyPath is null)
        {
            return action(options with { BaseAbsence = frozen.Absence });
        }

        var pin = baseline.Content.Base!;
        return action(options with { BaseAssemblyPath = frozen.AssemblyPath, BasePin = pin.Sha256, YardsticksBesideBase = true });
    }
}
