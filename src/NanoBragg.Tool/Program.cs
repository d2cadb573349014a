// Workers start often, and what they cost is measured: nothing of the command line is loaded for them.
using NanoBragg.Tool.Bench.Cold;
using NanoBragg.Tool.Study;

return args switch
{
    ["worker", var request] => NanoBragg.Tool.Measurement.Workers.Worker.Run(request),
    [BusyProcess.Command, .. { Length: 3 } arguments] => BusyProcess.Be(arguments),
    [ColdProcess.Command, .. { Length: 4 } arguments] => ColdProcess.Be(arguments),
    _ => NanoBragg.Tool.Commands.Root.Run(args),
};
