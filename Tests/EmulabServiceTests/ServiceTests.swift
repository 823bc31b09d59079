import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: Program.installed("python3") != nil, "there is no python3"))
struct ServiceTests {
  @Test func aStockClientCreatesAsksAndEnds() async throws {
    let output = try await ServedTestbed().python(
      """
      print(call('startexp', star, nsfilestr=script, noswapin='yes', wait='yes', noemail='yes', description='Two nodes',
                 idleswap=0, noidleswap_reason='Busy'))
      print(call('state', pid='Demo', eid='star'))
      row = call('metadata', star)[1]
      print([row[key] for key in ['pid', 'gid', 'eid', 'expt_name', 'expt_head_uid', 'state', 'idleswap', 'noidleswap_reason',
                                  'minimum_nodes', 'user_environment']])
      print(sorted(call('info', star, aspect='links')[1]['a:0'].items()))
      print(call('info', star, aspect='cmapping')[1])
      print(call('info', star, aspect='mapping'), call('info', star, aspect='traces'))
      print(call('nsfile', star)[1] == script, call('virtual_topology_xml', star)[1].startswith('<experiment>'))
      print(call('virtual_topology', star)[1]['nodes']['a']['cmd_line'])
      print(alice.extra_nodes(0.1, star)['value'], call('getlist', {})[1])
      print(call('statewait', star, state=['active', 'swapped'], timeout=5), call('statewait', star, state='active', timeout=1)[0])
      print(call('waitforactive', star)[2], call('echo', str='hello')[1])
      print(call('endexp', star, wait='yes'), call('state', star))
      """)
    #expect(
      output == """
        (0, 0, '')
        (0, 'swapped', 'swapped')
        ['Demo', 'Demo', 'star', 'Two nodes', 'alice', 'swapped', 0, 'Busy', 1, [{'name': 'SPEED', 'value': 'fast'}]]
        [('bandwidth', 10000), ('delay', 10.0), ('ipaddr', '10.0.0.1'), ('mask', '255.255.255.0'), ('member', 'a:0'), \
        ('name', 'link0'), ('plr', 0.0), ('r_bandwidth', 10000), ('r_delay', 10.0), ('r_plr', 0.0)]
        {'a': {'node_type': 'openvz', 'vnode': 'pnode-0000'}, 'b': {'node_type': 'openvz', 'vnode': 'pnode-0000'}}
        (2, 1, 'Experiment is not active!') (0, {}, '')
        True True
        exit 3
        ['a.star.Demo', 'b.star.Demo'] {'Demo': {'Demo': ['star']}}
        (0, 'swapped', 'swapped') 8
        Experiment is not active! hello
        (0, 0, '') (2, 0, 'No such experiment: Demo/star')

        """)
  }

  @Test func topologiesOfDetersClientsAreMade() async throws {
    let output = try await ServedTestbed().python(
      """
      topdl = '<experiment><version>1.0</version><substrates><name>s</name></substrates>' + ''.join(
        '<elements><computer><name>%s</name><interface><substrate>s</substrate><name>inf000</name></interface></computer></elements>'
        % name for name in 'xyz') + '</experiment>'
      print(call('startexp', star, containerize=True, nsfilestr=topdl, noswapin=True))
      print(call('startexp', star, exp='star-2', topdlfilestr=topdl, batch=False, wait=True, noswapin=True))
      print(sorted(call('info', star, aspect='cmapping')[1]), call('nsfile', star)[1].split()[:2])
      print(call('info', star, aspect='cthumbnail')[1]['thumbnail']['png'].data[1:4])
      """)
    #expect(output == "(0, 0, '')\n(0, 0, '')\n['x', 'y', 'z'] ['set', 'ns']\nb'PNG'\n")
  }

  @Test func whatIsWrongIsSaidInEmulabsWords() async throws {
    let output = try await ServedTestbed().python(
      """
      def fault(method):
        try: getattr(alice, method)(0.1, {})
        except xmlrpc.client.Fault as fault: return fault.faultString
      print(fault('experiment.nothing'), fault('osid.info'))
      print(alice.experiment.echo(0.2, {'str': 'x'}), alice.experiment.echo(0.1)['code'])
      print(call('state', {}), call('state', proj='Demo'), call('state', star, exp=['x'])[0])
      print(call('state', star, exp='a b'), call('info', star, exp='a;b', aspect='links'), call('endexp', star, exp='a/b'))
      print(call('startexp', star, nsfilestr=script, exp='x' * 20)[:2], call('startexp', star, nsfilestr=script, proj='-x')[0])
      print(call('startexp', star), call('startexp', star, nsfilestr='# ' + 'x' * (512 << 10)))
      print(call('startexp', star, nsfilestr='set', noswapin=True)[:2], call('state', star)[0])
      print(call('startexp', star, nsfilestr=script, swappable='no'), call('startexp', star, nsfilestr=script, idleswap=0)[2])
      print(call('startexp', star, nsfilestr=script, noswapin='on'), call('startexp', star, nsfilestr=script, noswapin='on'))
      print(call('swapexp', star), call('swapexp', star, direction='up'), call('swapexp', star, direction='out'))
      print(call('modify', star, nsfilestr=script)[0], call('expinfo', star, show='nothing')[0])
      print(call('info', star), call('statewait', star), call('statewait', star, state='swapped', timeout='soon')[0])
      print(call('nscheck', nsfilestr=script), call('nscheck', nsfilestr='set ns [new Simulator]\\nnonsense\\n'))
      """)
    #expect(
      output == """
        method "experiment.nothing" is not supported method "osid.info" is not supported
        {'code': 4, 'output': 'Client version mismatch!', 'value': 0} 1
        (1, 0, "Must supply 'proj'") (1, 0, "Must supply 'exp'") 1
        (1, 0, 'Improperly formed proj/exp!') (1, 0, 'Illegal characters in arguments!') \
        (1, 0, 'Illegal characters in project and/or experiment IDs!')
        (1, 0) 1
        (1, 0, "Must supply 'nsfilestr'") (6, 0, 'NS File way too big!')
        (2, 1) 2
        (1, 0, "Must supply 'noswap_reason'") Must supply 'noidleswap_reason'
        (0, 0, '') (2, 1, 'Experiment Demo/star exists already')
        (1, 0, "Must supply 'direction'") (1, 0, "direction must be 'in' or 'out'") (2, 1, 'Experiment Demo/star is swapped')
        2 1
        (1, 0, "Must supply 'aspect'") (1, 0, "Must supply 'state'") 1
        (0, 0, '') (2, 1, 'nsfile.ns:2: Unknown: nonsense\\nNS Parse failed!\\n')

        """)
  }

  @Test func strangersAndOtherProjectsAreRefused() async throws {
    let place = try ServedTestbed()
    let output = try await place.python(
      """
      import os, subprocess
      def refused(user, **more):
        try: return call('echo', str='in', server=client(user, **more))
        except (ssl.SSLError, ConnectionError) as error: return 'no connection'
        except xmlrpc.client.ProtocolError as error: return error.errcode
      print(refused(None), refused('alice'), refused('bob'), refused('alice', path='/RPC2'))
      subprocess.run(['testbed', 'certificate', 'alice', '--output', 'wrong.pem'], check=True, stdout=subprocess.DEVNULL,
                     env=dict(os.environ, CONTAINERIZE_HOME=home + '-other'))
      print(refused('./wrong.pem'))
      bob, owner = client('bob'), client('./owner.pem')
      print(call('startexp', star, nsfilestr=script, noswapin=True, server=bob)[:2], call('startexp', star, proj='Other', nsfilestr=script)[0])
      print(call('startexp', star, nsfilestr=script, noswapin=True))
      for method in ['state', 'metadata', 'expinfo', 'nsfile', 'endexp', 'virtual_topology', 'waitforactive']:
        assert call(method, star, server=bob) == call(method, star, exp='none', server=bob)[:2] + (
          'You do not have permission to access experiment: Demo/star',), method
      print(call('state', star, server=bob), call('getlist', {}, server=bob)[1], call('getlist', {}, server=owner)[1])
      print(call('startexp', star, exp='s2', nsfilepath='/etc/hostname', noswapin=True)[0])
      print(call('startexp', star, proj='Own', nsfilepath=os.path.abspath('star.tcl'), noswapin=True, server=owner))
      with open(home + '/projects', 'a') as file: file.write('Demo: bob # since today\\n')
      print(call('state', star, server=bob)[1])
      with open(home + '/projects', 'a') as file: file.write('nonsense\\n')
      print(call('state', star, server=bob)[0])
      print(call('getlist', {}, server=xmlrpc.client.ServerProxy('http://127.0.0.1:' + plain + '/usr/testbed'))[0])
      """)
    #expect(
      output == """
        no connection (0, 'in', 'in') (0, 'in', 'in') 404
        no connection
        (3, 0) 3
        (0, 0, '')
        (3, 0, 'You do not have permission to access experiment: Demo/star') {} {'Demo': {'Demo': ['star']}}
        3
        (0, 0, '')
        swapped
        5
        0

        """)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.home.appending(path: "certificates").path)
    #expect(files.sorted() == ["alice.pem", "authority.crt", "authority.pem", "bob.pem"])
    for file in files {
      let path = place.home.appending(path: "certificates/\(file)").path
      let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(permissions == 0o600, "\(file)")
    }
  }

  @Test func emulabsSpellingsAreCommands() async throws {
    let place = try ServedTestbed()
    try place.folder.write(ServedTestbed.star, to: "star.tcl")
    try place.folder.write("set ns [new Simulator]\nnonsense\n", to: "bad.ns")
    let result = try await place.bash(
      """
      testbed nscheck star.tcl; echo $?
      testbed nscheck bad.ns; echo $?
      testbed startexp -f -w -q -N -E "Two nodes" -L Busy -p Demo -e star star.tcl; echo $?
      testbed startexp -f -p Demo -e star star.tcl; echo $?
      testbed expinfo -n -l -e Demo,star
      testbed expinfo Demo star
      testbed expwait -t 1 -e Demo,star active; echo $?
      testbed expwait Demo star swapped
      testbed swapexp -w -e Demo,star out; echo $?
      testbed swapexp Demo star; echo $?
      testbed endexp -e Demo,star; echo $?
      testbed list
      """)
    #expect(
      result.output == """
        0
        1
        0
        1
        Experiment: Demo/star
        State: swapped

        Virtual Node Info:
        ID              Type         OS              Qualified Name
        --------------- ------------ --------------- ---------------
        a               openvz       CentOS6-64-openvz a.star.Demo
        b               openvz       CentOS6-64-openvz b.star.Demo

        Virtual Lan/Link Info:
        ID              Member/Proto    IP/Mask         Delay     BW (Kbs)  Loss Rate
        --------------- --------------- --------------- --------- --------- ---------------
        link0           a:0             10.0.0.1        10.00     10000     0.000
                        ethernet        255.255.255.0   10.00     10000     0.000
        link0           b:0             10.0.0.2        10.00     10000     0.000
                        ethernet        255.255.255.0   10.00     10000     0.000

        Experiment: Demo/star
        State: swapped

        8
        swapped
        1
        64
        0

        """)
  }
}
