using System.Collections.ObjectModel;
using System.Globalization;
using System.Reflection;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Reads one benchmark's declaration from its method's attributes. They are matched by full name and read by member name, because the assembly under test
/// has its own copy of the attribute types, perhaps of another version.
/// </summary>
internal static class BenchmarkDeclaration
{
    /// <summary>The namespace of the attribute that makes a method a benchmark.</summary>
    public const string AttributeNamespace = "NanoBragg";

    /// <summary>The attribute that makes a method a benchmark.</summary>
    public const string AttributeName = "KernelBenchmarkAttribute";

    private const string BenchmarkAttribute = $"{AttributeNamespace}.{AttributeName}";
    private const string CaseAttribute = "NanoBragg.KernelCaseAttribute";
    private const string ComparisonAttribute = "NanoBragg.KernelComparisonAttribute";
    private const string RunType = "NanoBragg.KernelRun";
    private static readonly string[] Rates = ["steps", "wall-steps", "bytes", "first-call"];

    /// <summary>Reads the benchmark that a method declares.</summary>
    /// <returns>The benchmark, or null where the method is none.</returns>
    /// <exception cref="UserError">The declaration is wrong.</exception>
    public static Benchmark? Read(MethodInfo method)
    {
        CustomAttributeData? declaration = null;
        var cases = new List<CustomAttributeData>();
        var comparisons = new List<CustomAttributeData>();
        foreach (var attribute in method.GetCustomAttributesData())
        {
            switch (attribute.AttributeType.FullName)
            {
                case BenchmarkAttribute:
                    declaration = attribute;
                    break;
                case CaseAttribute:
                    cases.Add(attribute);
                    break;
                case ComparisonAttribute:
                    comparisons.Add(attribute);
                    break;
            }
        }

        if (declaration is null)
        {
            return null;
        }

        var where = $"{method.DeclaringType!.FullName}.{method.Name}";
        CheckSignature(method, where);
        var scenario = declaration.ConstructorArguments[0].Value as string ?? "";
        if (!IsName(scenario))
        {
            throw new UserError($"{where}: '{scenario}' cannot name a scenario; use lower-case letters and digits, joined by hyphens");
        }

        var declaredCases = ReadCases(method, cases, where);
        return new Benchmark(
            scenario,
            Named(declaration, "Measures") as string ?? "",
            method,
            declaredCases,
            [.. comparisons.Select(comparison => ReadComparison(comparison, declaredCases, where))]);
    }

    private static void CheckSignature(MethodInfo method, string where)
    {
        if (!method.IsStatic || method.IsGenericMethodDefinition || method.DeclaringType!.ContainsGenericParameters || method.ReturnType.FullName != RunType)
        {
            throw new UserError($"{where} is marked [KernelBenchmark], so it must be a static method, not generic, that returns a KernelRun");
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] != '-' && name[^1] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static List<BenchmarkCase> ReadCases(MethodInfo method, List<CustomAttributeData> attributes, string where)
    {
        var parameters = method.GetParameters();
        if (attributes.Count == 0)
        {
            return parameters.Length == 0
                ? [new BenchmarkCase("", [])]
                : throw new UserError($"{where} has parameters, so it needs at least one [KernelCase(...)] that gives their values");
        }

        var cases = new List<BenchmarkCase>();
        foreach (var attribute in attributes)
        {
            object?[] given = [.. ((ReadOnlyCollection<CustomAttributeTypedArgument>?)attribute.ConstructorArguments[0].Value ?? new([])).Select(argument => argument.Value)];
            var name = Named(attribute, "Name") as string ?? string.Join('-', given.Select(Text));
            if (given.Length != parameters.Length)
            {
                throw new UserError($"{where}: the case '{name}' gives {given.Length} arguments, but the method has {parameters.Length} parameters");
            }

            if (name.Length == 0 || cases.Any(other => other.Name == name))
            {
                throw new UserError(name.Length == 0 ? $"{where}: a case without arguments needs a Name" : $"{where}: two cases are named '{name}'; give one another Name");
            }

            cases.Add(new BenchmarkCase(name, [.. parameters.Zip(given, (parameter, value) => Convert(value, parameter, name, where))]));
        }

        return cases;
    }

    private static object? Convert(object? value, ParameterInfo parameter, string caseName, string where)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        try
        {
            return value switch
            {
                null when !parameter.ParameterType.IsValueType || type != parameter.ParameterType => null,
                null => throw new InvalidCastException(),
                _ when type.IsInstanceOfType(value) => value,
                string text when type.IsEnum => Enum.Parse(type, text, ignoreCase: true),
                _ when type.IsEnum => Enum.ToObject(type, value),
                _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new UserError($"{where}: the case '{caseName}' gives {Text(value)} for the parameter '{parameter.Name}', which is of type {type.Name}", ExitCode.Failure, e);
        }
    }

    private static BenchmarkComparison ReadComparison(CustomAttributeData attribute, List<BenchmarkCase> cases, string where)
    {
        var arguments = attribute.ConstructorArguments.Select(argument => argument.Value as string ?? "").ToArray();
        var rate = Named(attribute, "Rate") as string ?? Rates[0];
        var comparison = new BenchmarkComparison(arguments[0], arguments[1], arguments[2], rate, Limit(attribute, "AtLeast"), Limit(attribute, "AtMost"));
        foreach (var name in arguments[1..])
        {
            if (!cases.Any(declared => declared.Name == name))
            {
                throw new UserError($"{where}: the comparison '{comparison.Name}' names the case '{name}', which is not declared; there are {string.Join(", ", cases.Select(declared => declared.Name))}");
            }
        }

        return Rates.Contains(rate)
            ? comparison
            : throw new UserError($"{where}: the comparison '{comparison.Name}' has the rate '{rate}'; there are {string.Join(", ", Rates)}");
    }

    private static double? Limit(CustomAttributeData attribute, string name) =>
        Named(attribute, name) is double limit && !double.IsNaN(limit) ? limit : null;

    private static object? Named(CustomAttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.MemberName == name)
            {
                return argument.TypedValue.Value;
            }
        }

        return null;
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
