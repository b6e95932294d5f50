using SmsCampaign.EngineTrial;
using SmsCampaign.EngineTrial.Engines;

// node ENGINE NAME ADDRESS CONNECTION LOG: one process of the cluster. Anything else: the trial, of the engines named.
if (args is ["node", var engine, var name, var address, var connection, var log])
{
    var node = new Node(name, address, connection, log);
    return await (engine switch
    {
        "orleans" => OrleansNode.RunAsync(node),
        "wolverine" => WolverineNode.RunAsync(node),
        "locks" => LocksNode.RunAsync(node),
        "none" => BareNode.RunAsync(node),
        _ => throw new ArgumentException($"no engine is called {engine}"),
    });
}

return await Trial.RunAsync(args is [] ? Trial.Engines : args);
