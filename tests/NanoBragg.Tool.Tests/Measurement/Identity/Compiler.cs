using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NanoBragg.Tool.Tests.Measurement.Identity;

/// <summary>The SDK's own C# compiler, in this process: a build of a project would take seconds, and there are many of them.</summary>
internal static class Compiler
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
    private static readonly Assembly Program = new Context(Newest("sdk", Path.Combine("Roslyn", "bincore", "csc.dll"))).Load();
    private static readonly string[] Framework = [.. Directory.GetFiles(Newest(Path.Combine("packs", "Microsoft.NETCore.App.Ref"), Path.Combine("ref", "net10.0")), "*.dll").Select(file => "-r:" + file)];

    // Its output goes to the console, of which there is one.
    private static readonly Lock OneAtATime = new();

    /// <summary>Compiles a library with the benchmark contract in it, as a build in Release does.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="source">Its source.</param>
    /// <param name="more">More arguments of the compiler.</param>
    /// <returns><paramref name="path"/>.</returns>
    public static string Compile(string path, string source, params string[] more)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName, "Source.cs");
        File.WriteAllText(file, source);
        string[] contract = more.Contains("-d:PARTS") ? [] : [Path.Combine(AppContext.BaseDirectory, "KernelBenchmark.cs")];
        string[] arguments =
        [
            "-nologo", "-noconfig", "-deterministic+", "-optimize+", "-unsafe+", "-target:library", "-debug:portable", "-langversion:latest", "-nullable:enable", "-nowarn:1701,1702",
            .. Framework, $"-out:{path}", file, .. contract, .. more,
        ];
        using var alone = OneAtATime.EnterScope();
        using var said = new StringWriter();
        var console = Console.Out;
        Console.SetOut(said);
        try
        {
            var exitCode = (int)Program.EntryPoint!.Invoke(null, [arguments])!;
            return exitCode == 0 ? path : throw new InvalidOperationException(said.ToString());
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    private static string Newest(string folder, string inside) => Directory.GetDirectories(Path.Combine(Root, folder), "10.*")
        .OrderBy(version => Version.Parse(Path.GetFileName(version).Split('-')[0])).Select(version => Path.Combine(version, inside)).Last(Path.Exists);

    private sealed class Context(string path) : AssemblyLoadContext("compiler")
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        public Assembly Load() => LoadFromAssemblyPath(path);

        protected override Assembly? Load(AssemblyName assemblyName) => _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
